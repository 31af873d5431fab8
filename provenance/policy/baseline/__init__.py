"""What changed since an earlier report: findings compared by what each machine is told by, and what cures them."""
