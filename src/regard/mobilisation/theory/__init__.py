"""What queueing theory says of stationary hours and of small cases: the engine's yardsticks."""
