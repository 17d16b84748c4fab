using System.Management.Automation;
using Amazon.SecurityToken.Model;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Gets the IAM policies that a fan-out function needs: exactly its table, its log group, its sources and its targets; and those of the roles that it assumes.</summary>
/// <remarks>
/// <para>Outputs what the function's own role must be allowed (ExecutionRole) and who may assume it (Trust); then, for each role that targets name with -DestinationRoleArn, what that role must be allowed (TargetRole) and who may assume it, with the external id (Trust). Hand the last two to the owner of the other account.</para>
/// <para>The policies are made of the table of mappings, the event source mappings and the function's settings; IAM is not called. Disabled targets are allowed too. Targets that are piped in take the place of those in the table, and their sources count as connected: so the policies can be had before anything is registered or published.</para>
/// <para>Memcached and Redis need no permission but the function's connection to their VPC. The property Notes says what a policy cannot know, such as the domain behind a host of your own. What does not fit into a role's inline policy is output as further policies, whose property IsManaged is true: they are managed policies. For the function's own role Publish-FanOutFunction creates and attaches them; for other roles create and attach them yourself.</para>
/// </remarks>
/// <example>
/// <code>Get-FanOutPolicy -PolicyType ExecutionRole | Select-Object -ExpandProperty Document</code>
/// <para>The policy of the role of the function fanout, as IAM takes it.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget -Id copy | Get-FanOutPolicy -PolicyType TargetRole, Trust | Where-Object RoleArn -like '*:210987654321:*' | ForEach-Object { Set-Content "$($_.PolicyType).json" $_.Document }</code>
/// <para>What the owner of the account 210987654321 needs for its role: TargetRole.json with the permissions, and Trust.json with who may assume it and the external id.</para>
/// </example>
/// <example>
/// <code>Get-FanOutPolicy | Select-Object -ExpandProperty Statements | Where-Object Resource -match '\*' | Format-List</code>
/// <para>The statements that name more than single resources, because IAM or AWS Lambda leaves no choice.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "FanOutPolicy", HelpUri = ProjectAddress.CmdletPages + "Get-FanOutPolicy.md")]
[OutputType(typeof(FanOutPolicy))]
public sealed class GetFanOutPolicyCommand : ChainCommand
{
    private readonly Dictionary<(AwsSession Session, string Function, string? Table), (FunctionFacts Facts, string Table)> _piped = [];
    private readonly HashSet<(AwsSession Session, string Function, string? Table)> _written = [];

    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FunctionArn")]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public override string? FunctionName { get; set; }

    /// <summary>Only policies of these types: ExecutionRole, TargetRole, Trust. Default: all.</summary>
    [Parameter]
    [Alias("Kind")]
    public PolicyType[]? PolicyType { get; set; }

    /// <summary>ARNs of the keys of AWS KMS that encrypt streams, queues, topics or tables. A key of the account of a target's role goes to that role, any other to the function's. Default: none; keys of AWS itself need no permission. Publish-FanOutFunction and the cmdlets that change targets find keys by themselves.</summary>
    [Parameter]
    [NotAFile]
    public string[]? KmsKeyArn { get; set; }

    /// <summary>The id of a piped target.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string? Id { get; set; }

    /// <summary>The type of a piped target: sns, sqs, es, kinesis, firehose, iot, lambda, events, states, memcached or redis.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TypeCompleter))]
    public string? Type { get; set; }

    /// <summary>The destination of a piped target: in full, or by its name, which is looked up.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string? Destination { get; set; }

    /// <summary>The source of a piped target.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SourceArnCompleter))]
    public string? SourceArn { get; set; }

    /// <summary>The region of a piped target's destination, where it is another than the function's and the destination does not name it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? DestinationRegion { get; set; }

    /// <summary>The role that is assumed for sending to a piped target.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TargetRoleCompleter))]
    public string? DestinationRoleArn { get; set; }

    /// <summary>The external id that is handed over when that role is assumed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotAFile]
    public string? ExternalId { get; set; }

    /// <summary>The dead letter of a piped target: where records go that it does not take.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(FailedRecordsCompleter))]
    public string? DeadLetter { get; set; }

    /// <summary>What happens to records that a piped target does not take: block or deadLetter.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OneOf("block", "deadLetter", "")]
    [ArgumentCompleter(typeof(OnFailureCompleter))]
    public string? OnFailure { get; set; }

    /// <inheritdoc/>
    private protected override StrayProperties? Strays => RowProperties.OfTargets;

    /// <inheritdoc/>
    private protected override object? Subject => NullIfEmpty(Id) ?? NullIfEmpty(FunctionName) ?? DefaultFunction;

    /// <inheritdoc/>
    private protected override string? NamedRegion => base.NamedRegion ?? (Arn.TryParse(SourceArn, out Arn? source) ? NullIfEmpty(source.Region) : null);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        (AwsSession, string, string?) function = (FunctionSession, Function.Text, GivenTable);
        if (NullIfEmpty(Id) is null && NullIfEmpty(Destination) is null)
        {
            if (_written.Add(function) && Read(withRows: true) is { } read)
            {
                Write(read.Facts, read.Table);
            }

            return;
        }

        Mapping? mapping = NeedOf(new GivenTarget(Given), SourceArn);
        if (!_piped.TryGetValue(function, out (FunctionFacts Facts, string Table) piped))
        {
            piped = Read(withRows: false)!.Value;
        }

        _piped[function] = piped with { Facts = With(piped.Facts, mapping) };
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        foreach ((FunctionFacts facts, string table) in _piped.Values)
        {
            Write(facts, table);
        }
    }

    // Only what permissions depend on: another property of a piped object, such as a filter, may be what it likes.
    private object? Given(string property) => property == "Index" ? InputObject?.Properties[property]?.Value : ValueOf(property);

    private void Write(FunctionFacts facts, string table)
    {
        foreach (FanOutPolicy policy in DescribePolicies.Of(facts with { Keys = [.. Keys()] }, table))
        {
            if (PolicyType is null or [] || PolicyType.Contains(policy.PolicyType))
            {
                WriteObject(policy);
            }
        }
    }

    private FunctionFacts With(FunctionFacts facts, Mapping? mapping) => mapping is null
        ? NullIfEmpty(Destination) is null ? facts with { Notes = [.. facts.Notes, ReadFacts.Ignored(Id!)] } : facts
        : facts with
        {
            Mappings = [.. facts.Mappings, mapping],
            Sources = facts.Sources.Any(s => Engine.Events.SourceArn.WithoutConsumer(s.EventSourceArn) == mapping.SourceArn)
                ? facts.Sources
                : [.. facts.Sources, new ConnectedSource(mapping.SourceArn)],
        };

    /// <summary>What is known of the function; before it is published, what it will be.</summary>
    /// <returns>Null if the table cannot be read: that has been written as an error.</returns>
    private (FunctionFacts Facts, string Table)? Read(bool withRows)
    {
        ReadSources read;
        try
        {
            read = ReadFunction();
        }
        catch (FanOutException e) when (e.ErrorId == "FunctionNotFound")
        {
            WriteWarning($"{e.Message} These are the policies of a function that is published there with default settings and reads the sources of its targets.");
            return (ReadFacts.OfPlanned(Function.Name, Home(), Table, withRows ? Rows() : []), Table);
        }

        IReadOnlyList<TargetRow>? rows = withRows ? ReadRows(read.TableName, null) : [];
        return rows is null ? null : (ReadFacts.Of(read, FunctionSession.Region, ReadEventSourceMappings(null), rows) with { EventDestinations = ReadEventDestinations() }, read.TableName);
    }

    // Before anything is published there may be no table either.
    private IReadOnlyList<TargetRow> Rows()
    {
        try
        {
            return [.. Each(Mappings.ReadAsync(null, StopToken))];
        }
        catch (FanOutException e) when (e.ErrorId == "TableNotFound")
        {
            return [];
        }
    }

    private AwsLocation Home()
    {
        string region = FunctionSession.Region;
        string account = Function.Account
            ?? Await(FunctionSession.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), StopToken)).Account;
        return new AwsLocation(Partition.OfRegion(region).Id, region, account);
    }

    private IEnumerable<string> Keys()
    {
        foreach (string key in KmsKeyArn ?? [])
        {
            yield return Arn.TryParse(key, out Arn? arn) && arn is { Service: "kms", Account: not "", ResourceType: "key" }
                ? key
                : throw FanOutError.InvalidParameter(nameof(KmsKeyArn), key, $"'{key}' is not the ARN of a key: arn:aws:kms:region:account:key/id. An alias is not one.");
        }
    }
}
