"""The cluster engine: the library and its indexes in OpenSearch."""
