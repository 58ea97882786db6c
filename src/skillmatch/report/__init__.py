"""Results become text, Markdown, HTML and SVG."""
