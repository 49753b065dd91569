"""Stage: what has arrived → Scene. Places it, eases it, advances time; numpy only, under a millisecond."""
