using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FanOut.Credentials;
using FanOut.Errors;
using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>The table of mappings: billed per request, with time to live, point-in-time recovery and protection against deletion.</summary>
/// <param name="session">Who calls, in the table's region.</param>
/// <param name="name">The table's name.</param>
/// <param name="settings">What is wanted.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class PublishTable(AwsSession session, string name, PublishSettings settings, TimeProvider time)
{
    private readonly string _target = $"table {name} in {session.Region}";

    private IAmazonDynamoDB Client => session.Dynamo;

    /// <summary>Makes the plan; only reads.</summary>
    /// <param name="defaults">
    /// Whether an existing table gets the settings that a new one has. It gets the tags that were given in any case.
    /// </param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<Change>> PlanAsync(TableDefaults defaults, CancellationToken cancellationToken)
    {
        if (await FindAsync(Client, name, cancellationToken).ConfigureAwait(false) is not { } table)
        {
            return
            [
                new(_target, "Create", CreateAsync),
                new(_target, $"Let rows end by their attribute '{NewTable.ExpiryAttribute}'", ExpireAsync),
                new(_target, "Turn on point-in-time recovery", RecoverAsync),
            ];
        }

        List<Change> changes = [];
        IReadOnlyDictionary<string, string> tags = settings.Tags is null && defaults == TableDefaults.Leave
            ? new Dictionary<string, string>() : await TagsAsync(table.TableArn, cancellationToken).ConfigureAwait(false);
        if (defaults == TableDefaults.Set || (defaults == TableDefaults.SetIfOurs && tags.GetValueOrDefault(DeploymentTags.Function) == settings.Name))
        {
            changes.AddRange(await MissingAsync(table, cancellationToken).ConfigureAwait(false));
        }

        if (settings.Tags is { } wanted && DeploymentTags.Missing(wanted, tags) is { Count: > 0 } missing)
        {
            changes.Add(new(_target, DeploymentTags.Action(missing), c => Client.TagResourceAsync(
                new TagResourceRequest { ResourceArn = table.TableArn, Tags = NewTable.TagsOf(missing) }, c)));
        }

        return changes;
    }

    /// <summary>Describes a table; null: there is no such table.</summary>
    public static async Task<TableDescription?> FindAsync(IAmazonDynamoDB client, string table, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.DescribeTableAsync(new DescribeTableRequest { TableName = table }, cancellationToken).ConfigureAwait(false)).Table;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task<List<Change>> MissingAsync(TableDescription table, CancellationToken cancellationToken)
    {
        List<Change> changes = [];
        if (table.DeletionProtectionEnabled != true)
        {
            changes.Add(new(_target, "Protect against deletion", async c =>
            {
                await ActiveAsync(c).ConfigureAwait(false);
                await Client.UpdateTableAsync(new UpdateTableRequest { TableName = name, DeletionProtectionEnabled = true }, c).ConfigureAwait(false);
            }));
        }

        TimeToLiveDescription expiry = (await Client.DescribeTimeToLiveAsync(
            new DescribeTimeToLiveRequest { TableName = name }, cancellationToken).ConfigureAwait(false)).TimeToLiveDescription;
        if (expiry.TimeToLiveStatus == TimeToLiveStatus.DISABLED)
        {
            changes.Add(new(_target, $"Let rows end by their attribute '{NewTable.ExpiryAttribute}'", ExpireAsync));
        }

        ContinuousBackupsDescription backups = (await Client.DescribeContinuousBackupsAsync(
            new DescribeContinuousBackupsRequest { TableName = name }, cancellationToken).ConfigureAwait(false)).ContinuousBackupsDescription;
        if (backups.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus != PointInTimeRecoveryStatus.ENABLED)
        {
            changes.Add(new(_target, "Turn on point-in-time recovery", RecoverAsync));
        }

        return changes;
    }

    private Task<CreateTableResponse> CreateAsync(CancellationToken cancellationToken) => Client.CreateTableAsync(NewTable.Of(name, settings), cancellationToken);

    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        await ActiveAsync(cancellationToken).ConfigureAwait(false);
        await Client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = name, TimeToLiveSpecification = new() { AttributeName = NewTable.ExpiryAttribute, Enabled = true } },
            cancellationToken).ConfigureAwait(false);
    }

    // For some seconds recovery cannot be turned on for a new table.
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await ActiveAsync(cancellationToken).ConfigureAwait(false);
        await Retry.WhileAsync(
            c => Client.UpdateContinuousBackupsAsync(
                new UpdateContinuousBackupsRequest { TableName = name, PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = true } }, c),
            static e => e is ContinuousBackupsUnavailableException,
            settings.Patience,
            time,
            cancellationToken).ConfigureAwait(false);
    }

    private Task<TableDescription?> ActiveAsync(CancellationToken cancellationToken) => Poll.LastAsync(
        Poll.UntilAsync(
            c => FindAsync(Client, name, c),
            static t => t?.TableStatus == TableStatus.ACTIVE,
            settings.Patience,
            t => FanOutError.TableNotActive(name, t?.TableStatus.Value, settings.Patience),
            time,
            cancellationToken),
        cancellationToken);

    private async Task<Dictionary<string, string>> TagsAsync(string arn, CancellationToken cancellationToken)
    {
        Dictionary<string, string> tags = [];
        string? next = null;
        do
        {
            ListTagsOfResourceResponse page = await Client.ListTagsOfResourceAsync(
                new ListTagsOfResourceRequest { ResourceArn = arn, NextToken = next }, cancellationToken).ConfigureAwait(false);
            foreach (Tag tag in page.Tags ?? [])
            {
                tags[tag.Key] = tag.Value;
            }

            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));
        return tags;
    }
}
