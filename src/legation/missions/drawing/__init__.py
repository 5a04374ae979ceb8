"""Drawings of this room, pure: the posts on a map, and a post's years as a strip."""
