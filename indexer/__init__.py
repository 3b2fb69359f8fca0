"""What we derive: tags, and the loop that turns files into a published generation."""
