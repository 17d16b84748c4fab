using Amazon.DynamoDBv2.Model;
using FanOut.Credentials;
using FanOut.Destinations;

namespace FanOut.Completion;

/// <summary>Completes names of DynamoDB tables.</summary>
public sealed class TableCompleter : AwsCompleter
{
    /// <inheritdoc/>
    private protected override IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, CancellationToken cancellationToken) => Pages.AllAsync(
        last => session.Dynamo.ListTablesAsync(new ListTablesRequest { ExclusiveStartTableName = last }, cancellationToken),
        static p => p.TableNames?.Select(static n => new Value(n, $"DynamoDB table {n}")),
        static p => p.LastEvaluatedTableName);
}
