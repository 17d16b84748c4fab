using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at a table whose stream is a source.</summary>
internal static class InspectTable
{
    /// <summary>What is known of it. Its parameters are those of <see cref="InspectQueue.OfAsync"/>, but for a mapping, whose view may ask for images.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, string streamArn, Mapping mapping, CancellationToken cancellationToken)
    {
        string tableArn = streamArn[..streamArn.IndexOf("/stream/", StringComparison.Ordinal)];
        Seen<TableDescription> seen = await Look.AtAsync(viewer.Session, async () =>
            (TableDescription?)(await viewer.Session.Dynamo.DescribeTableAsync(tableArn, cancellationToken).ConfigureAwait(false)).Table).ConfigureAwait(false);
        if (seen.Value is not { } table)
        {
            Finding absent = viewer.NotThere(check, "table", tableArn, seen, "dynamodb:DescribeTable", "Register its targets with the table that takes its place.");
            return new ResourceFacts(absent) { Arn = streamArn, KeyNotSeen = absent.Status == "Skipped" ? seen.NotSeen("Key", $"How the table {tableArn} is encrypted", "dynamodb:DescribeTable") : null };
        }

        string name = table.TableName;
        string? view = table.StreamSpecification?.StreamViewType?.Value;
        Finding finding = table.TableStatus?.Value is not (null or "ACTIVE" or "UPDATING") ? Finding.Fail(check, $"The table {name} is {table.TableStatus.Value}.", $"aws dynamodb wait table-exists --table-name {name} --region {viewer.Session.Region}")
            : table.StreamSpecification?.StreamEnabled != true ? Finding.Fail(
                check, $"The table {name} has no stream any more.", $"aws dynamodb update-table --table-name {name} --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES --region {viewer.Session.Region}")
            : table.LatestStreamArn != streamArn ? Finding.Fail(
                check, $"The stream of the table {name} is {table.LatestStreamArn} now: it was turned off and on again, and what comes is no more of {streamArn}.",
                $"Register the target with the new stream: Get-FanOutTarget {mapping.Id} | Register-FanOutTarget -SourceArn {table.LatestStreamArn}")
            : StreamImages.FindMissing(mapping, view!) is { } missing ? Finding.Warn(check, $"The stream of the table {name} is on, with {view}: {missing}.", "Show what needs no image (-View record), or give the table a stream with NEW_AND_OLD_IMAGES.")
            : Finding.Pass(check, $"The table {name} is {table.TableStatus?.Value ?? "there"}, its stream carries {view}.");
        string? key = table.SSEDescription?.KMSMasterKeyArn;
        return new ResourceFacts(finding)
        {
            Arn = streamArn,
            Key = key,
            Encryption = key is null ? "The table is encrypted with DynamoDB's own key, which needs no permission." : $"The table is encrypted with {key}.",
        };
    }
}
