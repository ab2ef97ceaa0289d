"""Role to people over millions of rows in memory: filters first, an exact scan of bytes, an exact rerank."""
