namespace FanOut.LocalCloud;

/// <summary>What a call is about.</summary>
/// <param name="Operation">The operation's name in the service's API, for example <c>PutRecords</c>.</param>
/// <param name="Destination">
/// The resource: an ARN for streams, queues, topics, tables, roles, functions; a topic for IoT; the path before <c>/_bulk</c> for OpenSearch;
/// null for operations that are about none.
/// </param>
public readonly record struct CallTarget(string Operation, string? Destination = null);
