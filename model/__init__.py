"""The local models: what they are asked, what they answer, and what the answer must satisfy."""
