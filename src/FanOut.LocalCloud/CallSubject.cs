namespace FanOut.LocalCloud;

/// <summary>The operation and the resource of a call.</summary>
/// <param name="Operation">The operation's name in the service's API, for example <c>PutRecords</c>.</param>
/// <param name="Destination">
/// The resource: an ARN for streams, queues, topics, tables, roles, functions; a topic for IoT; the path before <c>/_bulk</c> for OpenSearch;
/// null for operations without one.
/// </param>
public readonly record struct CallSubject(string Operation, string? Destination = null);
