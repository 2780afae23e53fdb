"""WHEN batches run and how many documents at once: Prefect, and no logic. Ids go in, codes come out.

``flows.environment.settle_prefect`` must run before anything imports Prefect.
"""
