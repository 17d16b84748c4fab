using Amazon.Runtime;

namespace FanOut.Local.Streams;

/// <summary>A stream, as its service lets it be read: a call each.</summary>
internal interface IStreamService
{
    /// <summary>The stream.</summary>
    string SourceArn { get; }

    /// <summary>How many records a call may ask for.</summary>
    int MostRecords { get; }

    /// <summary>The shards: all that still hold records.</summary>
    /// <exception cref="AmazonServiceException">The service refused a call.</exception>
    Task<IReadOnlyList<StreamShard>> ListShardsAsync(CancellationToken cancellationToken);

    /// <summary>An iterator.</summary>
    /// <exception cref="AmazonServiceException">The service refused the call.</exception>
    Task<string> GetIteratorAsync(string shardId, ShardPosition position, CancellationToken cancellationToken);

    /// <summary>The records from an iterator on.</summary>
    /// <exception cref="AmazonServiceException">The service refused the call.</exception>
    Task<StreamPage> GetRecordsAsync(string shardId, string iterator, int limit, CancellationToken cancellationToken);
}
