using Amazon.Runtime;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Sns;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Errors;

namespace FanOut.Sources;

/// <summary>Finds the source that somebody may have meant who wrote a name that does not exist. What may not be listed is left out.</summary>
/// <param name="session">Who looks.</param>
/// <param name="name">What was written.</param>
internal sealed class NearestSource(AwsSession session, string name)
{
    // An error must not take long: the first page of each kind, some 100 names, is looked through.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The nearest name; null: there is none that is near.</summary>
    public async Task<string?> FindAsync(IEnumerable<SourceType> kinds, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        string[][] names = await Task.WhenAll(kinds.Select(k => NamesAsync(k, late.Token))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return Nearest.Near(name, names.SelectMany(static n => n));
    }

    private async Task<string[]> NamesAsync(SourceType kind, CancellationToken cancellationToken)
    {
        try
        {
            return kind switch
            {
                SourceType.Kinesis => [.. await StreamsAsync(cancellationToken).ConfigureAwait(false)],
                SourceType.DynamoDB => [.. (await session.Dynamo.ListTablesAsync(cancellationToken).ConfigureAwait(false)).TableNames ?? []],
                _ => [.. ((await session.Sns().ListTopicsAsync(new ListTopicsRequest(), cancellationToken).ConfigureAwait(false)).Topics ?? [])
                    .Select(static t => t.TopicArn?.Split(':')[^1]).OfType<string>()],
            };
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or FanOutException or HttpRequestException or OperationCanceledException)
        {
            return [];
        }
    }

    private async Task<IEnumerable<string>> StreamsAsync(CancellationToken cancellationToken)
    {
        AmazonKinesisClient kinesis = session.Client(AmazonKinesisClient.Service, static (c, s) => new AmazonKinesisClient(c, s));
        return (await kinesis.ListStreamsAsync(new ListStreamsRequest(), cancellationToken).ConfigureAwait(false)).StreamNames ?? [];
    }
}
