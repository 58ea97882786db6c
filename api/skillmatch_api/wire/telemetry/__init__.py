"""What is told of requests afterwards: logs and numbers, without anybody's text."""
