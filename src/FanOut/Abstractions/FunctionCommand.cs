using System.ComponentModel;
using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;

namespace FanOut.Abstractions;

/// <summary>Third rung: which fan-out function, and which table of mappings.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FunctionCommand : AwsCommand
{
    /// <summary>The name of the function unless another is given.</summary>
    internal const string DefaultFunction = "fanout";

    private readonly Dictionary<(AwsSession Session, string Function), FunctionDestination> _changed = [];

    /// <summary>The fan-out function: its name or its ARN. An ARN also names the region. Default: fanout.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FunctionArn")]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public string? FunctionName { get; set; }

    /// <summary>The DynamoDB table of mappings: its name or its ARN. Default: the function's name followed by Targets.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TableArn")]
    public string? TableName { get; set; }

    /// <summary>The function as it was named; checked for its form.</summary>
    private protected FunctionDestination Function
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
    private protected string Table => NullIfEmpty(TableName) ?? Function.Name + "Targets";

    /// <summary>The table of mappings; an ARN names its region too.</summary>
    private protected MappingTable Mappings => MappingsIn(Table);

    /// <summary>Who calls, in the function's region.</summary>
    private protected AwsSession FunctionSession => Function.FunctionRegion is { } region ? Session.In(region) : Session;

    /// <summary>The function as what no target may be.</summary>
    private protected OwnFunction Own => new(Function.Name, FunctionSession.Region, Function.Account);

    /// <summary>The mappings of a table, which is given by its name or ARN.</summary>
    private protected MappingTable MappingsIn(string table) => new(
        Arn.TryParse(table, out Arn? arn) && arn.Region.Length > 0 ? Session.In(arn.Region) : FunctionSession, table, Function.Name);

    /// <summary>Whether the policies of roles are left alone.</summary>
    private protected virtual bool SkipsPolicy => false;

    /// <summary>Remembers that the function needs other permissions now: its role's policy is brought in step when the pipeline has ended.</summary>
    private protected void NeedsPolicy() => _changed[(FunctionSession, Function.Name)] = Function;

    /// <inheritdoc/>
    private protected override void Finish()
    {
        foreach (((AwsSession session, _), FunctionDestination function) in _changed)
        {
            Keep(session, function, null);
        }
    }

    /// <summary>Brings the policy of a function's role in step. That it cannot be is a warning: what was asked for is done all the same.</summary>
    /// <param name="session">Who calls, in the function's region.</param>
    /// <param name="function">The function.</param>
    /// <param name="soon">A source that is about to be connected.</param>
    /// <returns>Whether the policies were changed.</returns>
    private protected bool Keep(AwsSession session, FunctionDestination function, ConnectedSource? soon)
    {
        PolicyGap? gap = null;
        try
        {
            gap = Await(new CheckRolePolicy(session, function, Time) { Soon = soon }.FindGapAsync(StopToken));
            if (gap is null)
            {
                return false;
            }

            if (SkipsPolicy || !gap.Changes.All(Process))
            {
                WarnOf(gap, "was left alone");
                return false;
            }

            if (gap.Homeless is { } homeless)
            {
                WriteWarning($"What the function {function.Name} needs has no room in the policies that the role {gap.RoleName} may have. These statements are missing: {homeless}");
            }

            return gap.Changes.Count > 0;
        }
        catch (Exception e) when (e is AmazonServiceException or FanOutException)
        {
            // Who may change targets need not have the right to see the function or its role.
            if (gap is null)
            {
                WriteVerbose($"Whether the role of {function.Name} has the permissions that it needs now could not be found out: {e.Message}");
            }
            else
            {
                WarnOf(gap, $"could not be changed as {session.Identity} ({e.Message})");
            }
        }

        return false;
    }

    private bool Process(Change change)
    {
        if (!ShouldProcess(change.Target, change.Action))
        {
            return false;
        }

        Await(change.RunAsync(StopToken));
        return true;
    }

    private void WarnOf(PolicyGap gap, string why) => WriteWarning(
        $"The policy {gap.PolicyName} of the role {gap.RoleName} {why}. It should have these statements too: {gap.Missing}");

    /// <inheritdoc/>
    private protected override string? NamedRegion =>
        Function.FunctionRegion ?? (Arn.TryParse(Table, out Arn? table) ? NullIfEmpty(table.Region) : null);
}
