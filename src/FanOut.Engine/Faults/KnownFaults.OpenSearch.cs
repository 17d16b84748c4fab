namespace FanOut.Engine.Faults;

/// <content>OpenSearch and Elasticsearch, for calls and for the items of <c>_bulk</c>; AWS's own layer before them speaks as any service does.</content>
/// <remarks>
/// The servers document no list: an error's type is the name of its exception's class in snake case, without "OpenSearch" or "Elasticsearch". What a
/// status of 429 or 503 says stands above it, as blocks and full queues come with them.
/// </remarks>
public static partial class KnownFaults
{
    private const string OpenSearchClasses = "https://github.com/opensearch-project/OpenSearch/blob/main/server/src/main/java/org/opensearch/OpenSearchServerException.java";

    private static KnownFault[] OfOpenSearch() =>
    [
        // The document. Elasticsearch calls mapper_parsing_exception document_parsing_exception from version 8 on.
        .. Table(Service.OpenSearch, OpenSearchClasses,
            ("action_request_validation_exception", Item),
            ("document_missing_exception", Item),
            ("document_parsing_exception", Item),
            ("illegal_argument_exception", Item),
            ("json_parse_exception", Item),
            ("mapper_exception", Item),
            ("mapper_parsing_exception", Item),
            ("parse_exception", Item),
            ("parsing_exception", Item),
            ("strict_dynamic_mapping_exception", Item),
            ("x_content_parse_exception", Item)),

        // The index, its cluster, or who may write there.
        .. Table(Service.OpenSearch, "https://repost.aws/knowledge-center/opensearch-403-clusterblockexception",
            ("cluster_block_exception", Target),
            ("index_create_block_exception", Target)),
        .. Table(Service.OpenSearch, OpenSearchClasses,
            ("authentication_exception", Target),
            ("authorization_exception", Target),
            ("index_closed_exception", Target),
            ("index_not_found_exception", Target),
            ("invalid_alias_name_exception", Target),
            ("invalid_index_name_exception", Target),
            ("invalid_type_name_exception", Target),
            ("security_exception", Target),
            ("validation_exception", Target)),

        // It passes: a node is full or leaves, a leader is being chosen.
        .. Table(Service.OpenSearch, OpenSearchClasses,
            ("circuit_breaking_exception", Refused),
            ("cluster_manager_not_discovered_exception", Refused),
            ("es_rejected_execution_exception", Refused),
            ("failed_to_commit_cluster_state_exception", Refused),
            ("master_not_discovered_exception", Refused),
            ("no_shard_available_action_exception", Refused),
            ("node_closed_exception", Refused),
            ("node_disconnected_exception", Refused),
            ("node_not_connected_exception", Refused),
            ("not_cluster_manager_exception", Refused),
            ("not_master_exception", Refused),
            ("process_cluster_event_timeout_exception", Refused),
            ("receive_timeout_transport_exception", Ambiguous),
            ("rejected_execution_exception", Refused),
            ("shard_not_in_primary_mode_exception", Refused),
            ("timeout_exception", Ambiguous),
            ("unavailable_shards_exception", Refused)),
    ];
}
