"""Which provisions and sentences belong together."""
