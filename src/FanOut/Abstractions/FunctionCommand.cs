using System.ComponentModel;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that work on a fan-out function and its table of mappings.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class FunctionCommand : AwsCommand
{
    /// <summary>The name of the function unless another is given.</summary>
    internal const string DefaultFunction = "fanout";

    private readonly HashSet<string> _unseen = [];
    private readonly Dictionary<(AwsSession Session, string Function), (FunctionDestination Function, List<Mapping> Targets, HashSet<string> Tables)> _changed = [];

    /// <summary>The fan-out function: its name or its ARN. An ARN also names the region. Default: fanout.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FunctionArn")]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public virtual string? FunctionName { get; set; }

    /// <summary>The DynamoDB table of mappings: its name or its ARN. Default: the function's name followed by Targets.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TableArn")]
    [ArgumentCompleter(typeof(TableCompleter))]
    public string? TableName { get; set; }

    /// <summary>The function that the parameters name.</summary>
    /// <exception cref="FanOutException">InvalidParameter: it is neither a name nor an ARN.</exception>
    private protected virtual FunctionDestination Function
    {
        get
        {
            string name = NullIfEmpty(FunctionName) ?? DefaultFunction;
            return FunctionDestination.TryParse(name, out FunctionDestination? function, out string? problem)
                ? function
                : throw FanOutError.InvalidParameter(nameof(FunctionName), name, $"'{name}': {problem}.");
        }
    }

    /// <summary>The name or ARN of the table.</summary>
    private protected string Table => GivenTable ?? Function.Name + "Targets";

    /// <summary>The name or ARN of the table as it was given; null: it was not.</summary>
    /// <remarks>A piped target or source names the table of its own function: that is not meant where another function is typed.</remarks>
    private protected string? GivenTable => IsExplicit(nameof(FunctionName)) && !IsExplicit(nameof(TableName)) && IsOfAnotherFunction ? null : NullIfEmpty(TableName);

    private bool IsOfAnotherFunction => InputObject?.Properties[nameof(FunctionName)]?.Value is { } piped
        && !(FunctionDestination.TryParse($"{piped}", out FunctionDestination? function, out _) && function.Name == Function.Name);

    /// <summary>Whether, of a source's ARN and name, the name counts: what is typed counts more than what is piped, and else the ARN, which is exact.</summary>
    /// <exception cref="FanOutException">InvalidParameter: both are typed.</exception>
    private protected bool IsNameMeant(bool hasArn, bool hasName) => (hasArn && hasName, IsExplicit("Source"), IsExplicit("SourceArn")) switch
    {
        (true, true, true) => throw FanOutError.InvalidParameter("Source", null, "and -SourceArn are both given: one of them says which source it is."),
        (true, true, _) => true,
        (true, _, _) => false,
        _ => hasName,
    };

    /// <summary>Asks the user for a source, as PowerShell asks for a mandatory parameter. Of two parameters of which one must be given PowerShell knows nothing, but for sets, whose default it would ask for.</summary>
    /// <returns>The name.</returns>
    /// <exception cref="FanOutException">SourceMissing: nobody is there to be asked, or says nothing.</exception>
    private protected string AskForSource()
    {
        string? name = null;
        try
        {
            if (!MyInvocation.ExpectingInput)
            {
                Dictionary<string, PSObject>? answers = Host.UI.Prompt(
                    $"cmdlet {MyInvocation.MyCommand.Name} at command pipeline position {MyInvocation.PipelinePosition}", "Supply values for the following parameters:", new Collection<FieldDescription> { new("Source") });
                name = answers?.GetValueOrDefault("Source")?.ToString();
            }
        }
        catch (Exception e) when (IsNobodyThere(e))
        {
            // Then it is as if nothing had been answered.
        }

        return NullIfEmpty(name) ?? throw FanOutError.SourceMissing();
    }

    /// <summary>The table of mappings, in the region of its ARN or else of the function.</summary>
    private protected MappingTable Mappings => MappingsIn(Table);

    /// <summary>Who calls, in the function's region.</summary>
    private protected AwsSession FunctionSession => Function.FunctionRegion is { } region ? Session.In(region) : Session;

    /// <summary>The function itself, which is refused as its own target: its records would go round for ever.</summary>
    private protected OwnFunction Own => new(Function.Name, FunctionSession.Region, Function.Account);

    /// <summary>A table of mappings.</summary>
    /// <param name="table">Its name, or its ARN, which also gives the region.</param>
    /// <exception cref="FanOutException">InvalidParameter: it is neither a name nor an ARN.</exception>
    private protected MappingTable MappingsIn(string table) => IsTable(table)
        ? new(SessionOf(table), table, Function.Name)
        : throw FanOutError.InvalidParameter(
            nameof(TableName), table, $"'{table}' is neither the name of a DynamoDB table (3 to 255 letters, digits, underscores, dots and hyphens) nor its ARN (arn:aws:dynamodb:region:account:table/name).");

    // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
    private static bool IsTable(string table) => Arn.TryParse(table, out Arn? arn)
        ? arn is { Service: "dynamodb", ResourceType: "table" }
        : table.Length is >= 3 and <= 255 && table.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    private AwsSession SessionOf(string table) => Arn.TryParse(table, out Arn? arn) && arn.Region.Length > 0 ? Session.In(arn.Region) : FunctionSession;

    /// <summary>The topics that the function is connected with.</summary>
    private protected TopicConnections TopicsOf(FunctionConfiguration configuration) =>
        new(FunctionSession, Function, configuration, SuspendedTopics);

    /// <summary>The settings of the function's suspended subscriptions.</summary>
    private protected SuspendedSubscriptions SuspendedTopics => new(SessionOf(Table), Table);

    /// <summary>The table whose stream the source is; null if the source is no stream of a table, or if the caller, who needs no right to it, may not describe the table.</summary>
    private protected StreamedTable? FindStreamed(FindStreamedTable tables, string sourceArn)
    {
        try
        {
            return Await(tables.FindAsync(FunctionSession, sourceArn, StopToken));
        }
        catch (AmazonServiceException e)
        {
            if (_unseen.Add(sourceArn))
            {
                WriteWarning($"Whether {sourceArn} carries the images that views and filters ask for could not be found out: {Explain(e)} It takes the permission dynamodb:DescribeTable.");
            }

            return null;
        }
    }

    /// <summary>The table whose changes a Kinesis stream carries; null if the caller, who needs no right to it, may not describe it.</summary>
    private protected StreamedTable? FindCarried(FindStreamedTable tables, string name)
    {
        try
        {
            return Await(tables.FindCarriedAsync(Session, name, StopToken));
        }
        catch (AmazonServiceException e)
        {
            if (_unseen.Add(name))
            {
                WriteWarning($"Whether the keys of the table {name} have two parts, so that a target needs -HashKey, could not be found out: {Explain(e)} It takes the permission dynamodb:DescribeTable.");
            }

            return null;
        }
    }

    /// <summary>Whether the policies of the function's role are left alone (-SkipPolicy).</summary>
    private protected virtual bool SkipsPolicy => false;

    /// <summary>Remembers that the function needs other permissions now; the policy of its role is updated once, when the pipeline has ended.</summary>
    /// <param name="target">The target that needs them; null: fewer are needed.</param>
    /// <param name="table">The table in which a target was changed; null: none was.</param>
    private protected void NeedsPolicy(Mapping? target = null, string? table = null)
    {
        (AwsSession, string) key = (FunctionSession, Function.Name);
        if (!_changed.TryGetValue(key, out (FunctionDestination Function, List<Mapping> Targets, HashSet<string> Tables) changed))
        {
            _changed[key] = changed = (Function, [], []);
        }

        if (table is not null)
        {
            changed.Tables.Add(table);
        }

        if (target is not null)
        {
            changed.Targets.Add(target);
        }
    }

    /// <inheritdoc/>
    private protected override void Settle()
    {
        ((AwsSession Session, string), (FunctionDestination Function, List<Mapping> Targets, HashSet<string> Tables))[] changed = [.. _changed.Select(static c => (c.Key, c.Value))];
        _changed.Clear();
        foreach (((AwsSession session, _), (FunctionDestination function, List<Mapping> targets, HashSet<string> tables)) in changed)
        {
            try
            {
                UpdatePolicy(session, function, null, targets, tables);
            }
            catch (OperationCanceledException) when (IsAfterwards)
            {
                WriteWarning($"{MyInvocation.MyCommand.Name} was stopped before the role of {function.Name} had all permissions that it needs now. Publish-FanOutFunction -FunctionName {function.Name} gives it what is missing.");
            }
        }
    }

    /// <summary>Updates the policy of a function's role to what its sources and targets need. If that fails it is only a warning: the change that was asked for is made all the same.</summary>
    /// <param name="session">Who calls, in the function's region.</param>
    /// <param name="function">The function.</param>
    /// <param name="connecting">A source that is about to be connected; null: none.</param>
    /// <param name="targets">The targets that need more than before; null: none.</param>
    /// <param name="tables">The tables that were changed; null: none.</param>
    /// <param name="onlyAdds">Whether a policy that only allows more than is needed stays as it is.</param>
    /// <param name="planned">Those of the targets that are not in the table yet; null: all are.</param>
    /// <returns>Whether the policies were changed.</returns>
    private protected bool UpdatePolicy(AwsSession session, FunctionDestination function, ConnectedSource? connecting, IReadOnlyList<Mapping>? targets = null, IReadOnlyCollection<string>? tables = null, bool onlyAdds = false, IReadOnlyList<Mapping>? planned = null)
    {
        var policy = new KeepPolicyInStep(session, function, Time) { Connecting = connecting, Targets = targets ?? [], Tables = tables ?? [], IsLeftAlone = SkipsPolicy, OnlyAdds = onlyAdds, Planned = planned ?? [] };
        PolicyOutcome outcome = Await(policy.RunAsync(StopToken));
        if (outcome.Warning is { } warning)
        {
            WriteWarning(warning);
        }

        if (outcome.Note is { } note)
        {
            WriteVerbose(note);
        }

        return outcome.IsChanged;
    }

    /// <inheritdoc/>
    private protected override string? NamedRegion =>
        Function.FunctionRegion ?? (Arn.TryParse(Table, out Arn? table) ? NullIfEmpty(table.Region) : null);
}
