"""Weights, vectors and nearest rows: arithmetic on sparse features, without knowing what they mean.

Weight is term frequency by inverse document frequency, rows of length one (Salton and Buckley, 1988). The second
opinion is latent semantic analysis over the same rows (Deerwester et al., 1990): term vectors are worked out on a
sample of the library, and every row is the sum of the vectors of its terms, so that a new row needs no new analysis.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import svds
from sparse_dot_topn import sp_matmul_topn

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int32]]

COMMON_SHARE = 0.1
COMMON_LEAST = 40
COMMON_MOST = 2_000
"""A feature in more rows than this says too little for what it costs: a share of all, within these bounds."""
SIGN_WEIGHT = 3.0
"""Of a phenomenon or measure, against 1 for a word as rare."""
DIMENSIONS = 64
SAMPLE = 20_000
"""Rows from which term vectors are worked out."""
WORTH_VECTORS = 200
"""Below so many rows a library says nothing about how words hang together."""
SEED = 20240


def rows_of(parts: list[Mapping[int, float]], width: int) -> sp.csr_matrix:
    """Return rows of (column -> weight) as one matrix."""
    indptr = np.zeros(len(parts) + 1, np.int32)
    np.cumsum([len(part) for part in parts], out=indptr[1:])
    indices = np.fromiter((column for part in parts for column in part), np.int32, int(indptr[-1]))
    data = np.fromiter((weight for part in parts for weight in part.values()), np.float32, int(indptr[-1]))
    return sp.csr_matrix((data, indices, indptr), shape=(len(parts), width))


def rarity(counts: sp.csr_matrix, signs: Ints) -> Floats:
    """Return a weight per column: the logarithm of how rare it is; zero for what too many rows have.

    `signs` are the columns of phenomena and measures: heavy, and never too common.
    """
    total = max(counts.shape[0], 1)
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    most = min(max(COMMON_SHARE * total, COMMON_LEAST), COMMON_MOST)
    weights = np.log((total + 1) / np.maximum(frequency, 1)).astype(np.float32)
    too_common = frequency > most
    weights[too_common] = 0
    weights[signs] = SIGN_WEIGHT * np.log((total + 1) / np.maximum(frequency[signs], 1))
    return np.asarray(weights, np.float32)


def weighted(counts: sp.csr_matrix, weights: Floats) -> sp.csr_matrix:
    """Return rows by the weights of their columns, each of length one; an empty row stays empty."""
    parts = (counts.data * weights[counts.indices], counts.indices.copy(), counts.indptr.copy())
    found = sp.csr_matrix(parts, shape=counts.shape)  # copies: what follows changes them in place
    found.eliminate_zeros()
    lengths = np.sqrt(np.add.reduceat(np.append(found.data**2, 0), found.indptr[:-1]))
    lengths[np.diff(found.indptr) == 0] = 1
    found.data /= np.repeat(lengths, np.diff(found.indptr))
    return found.astype(np.float32)


def term_vectors(rows: sp.csr_matrix) -> Floats:
    """Return a vector per column; none of any length where the library is too small to say."""
    dimensions = min(DIMENSIONS, min(rows.shape) - 1)
    if rows.shape[0] < WORTH_VECTORS or dimensions < 2 or not rows.nnz:
        return np.zeros((rows.shape[1], 0), np.float32)
    dice = np.random.default_rng(SEED)
    sample = rows if rows.shape[0] <= SAMPLE else rows[np.sort(dice.choice(rows.shape[0], SAMPLE, replace=False))]
    _, strengths, terms = svds(sample.astype(np.float64), k=dimensions, v0=np.ones(min(sample.shape)))
    return np.ascontiguousarray(terms[np.argsort(-strengths)].T, np.float32)


def row_vectors(rows: sp.csr_matrix, terms: Floats) -> Floats:
    """Return a vector per row, of length one; of length zero for a row of unknown words."""
    found = np.asarray(rows @ terms, np.float32)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.where(lengths > 0, lengths, 1), np.float32)


def nearest(rows: sp.csr_matrix, others: sp.csr_matrix, count: int, least: float, threads: int = 2) -> sp.csr_matrix:
    """Return the `count` best cosines of each row with `others`, the best first, none below `least`."""
    return sp_matmul_topn(rows, others.T.tocsr(), top_n=count, threshold=least, sort=True, n_threads=threads)
