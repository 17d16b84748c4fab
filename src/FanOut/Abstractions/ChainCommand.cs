using System.ComponentModel;
using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Network;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that read the whole chain: sources, event source mappings, function, targets.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChainCommand : FunctionCommand
{
    /// <summary>The function, or the alias or version that was named.</summary>
    /// <exception cref="FanOutException">FunctionNotFound.</exception>
    private protected ReadSources ReadFunction() => new(FunctionSession, Function, Time)
    {
        Configuration = Await(new FunctionConfigurations(FunctionSession, Function, Time).GetAsync(StopToken)),
        Table = GivenTable,
    };

    /// <summary>The function with all its connections and targets.</summary>
    /// <param name="fault">Why the function does not run, where it was invoked for a test; null: nothing is known of that.</param>
    /// <exception cref="FanOutException">FunctionNotFound.</exception>
    private protected FanOutFunction ReadAndDescribe(string? fault = null)
    {
        FunctionChain chain = ReadChain();
        return Describe(chain, fault);
    }

    /// <summary>The function, all that is connected with it, and all its targets.</summary>
    /// <exception cref="FanOutException">FunctionNotFound.</exception>
    private protected FunctionChain ReadChain()
    {
        ReadSources read = ReadFunction();
        IReadOnlyList<TargetRow>? rows = ReadRows(read.TableName, null);
        IReadOnlyList<TopicConnection>? topics = ReadTopics(read, (rows ?? []).Select(static r => r.SourceArn));
        return new FunctionChain(read, rows, topics, ReadEventSourceMappings(null));
    }

    /// <summary>The function as cmdlets output it.</summary>
    private protected FanOutFunction Describe(FunctionChain chain, string? fault = null) => DescribeFunction.Of(
        chain.Function, Function, FunctionSession.Region, ReadCode(chain.Function.Configuration), chain.EventSourceMappings, chain.Topics, chain.Targets, ReadNetworkProblems(chain.Function, chain.Targets), fault);

    /// <summary>The sources of the function as cmdlets output them.</summary>
    private protected IReadOnlyList<FanOutSource> DescribeSources(FunctionChain chain) =>
        Await(chain.Function.PutTogetherAsync(null, chain.EventSourceMappings, chain.Topics, chain.Targets, StopToken));

    /// <summary>Tells what a function in a VPC has to reach, where its network could not be looked at.</summary>
    private protected virtual void TellUnseenNetwork(string text) => WriteVerbose(text);

    private string[] ReadNetworkProblems(ReadSources read, IReadOnlyList<TargetRow>? rows)
    {
        Mapping[] enabled = [.. (rows ?? []).Select(static r => r.Mapping).OfType<Mapping>().Where(static m => m.Active)];
        var problems = new NetworkProblems(FunctionSession.Region, Function.Name);
        if (read.Configuration.VpcConfig is not { SubnetIds.Count: > 0 } vpc)
        {
            return [.. problems.OutsideOfVpc(enabled)];
        }

        NetworkNeed[] needs = [.. new NetworkNeeds(FunctionSession.Region, read.FunctionTable ?? read.TableName, read.Variables).Of(enabled)];
        string reason = $"the route tables of {vpc.VpcId} are not shown to you.";
        try
        {
            if (Await(new ReadNetwork(FunctionSession).FindAsync(vpc, StopToken)) is { } network)
            {
                return [.. problems.Of(needs, network)];
            }
        }
        catch (AmazonServiceException e)
        {
            reason = $"{FanOutError.Sentence(e.Message)} You need ec2:DescribeRouteTables and ec2:DescribeVpcEndpoints.";
        }

        TellUnseenNetwork($"Whether the function {Function.Name} reaches from its VPC what it has to could not be found out: {reason} It has to reach {NetworkProblems.List(needs)}; docs/vpc.md says how.");
        return [];
    }

    // Whoever may not read tags is told by -Verbose alone: all the rest is shown.
    private DeployedCode ReadCode(FunctionConfiguration configuration)
    {
        DeployedCode code = DeployedCode.Of(configuration);
        try
        {
            return Await(code.WithTagAsync(FunctionSession, configuration, StopToken));
        }
        catch (AmazonServiceException e)
        {
            WriteVerbose($"Which version of FanOut {Function.Text} runs could not be read as {FunctionSession.Identity} (lambda:ListTags): {e.Message}");
            return code;
        }
    }

    /// <summary>The function's event source mappings, of a source or of all; of the alias that was named, or of all.</summary>
    private protected List<EventSourceMappingConfiguration> ReadEventSourceMappings(string? sourceArn, bool ofAllAliases = false) =>
        Await(new EventSourceMappings(FunctionSession, ofAllAliases ? Function with { Qualifier = null } : Function, Time).ListAsync(sourceArn, StopToken));

    /// <summary>The topics that the function's policy names, and those among other sources.</summary>
    /// <returns>Null if they may not be read, which is only told by -Verbose: whoever has no topics needs no right to them.</returns>
    private protected IReadOnlyList<TopicConnection>? ReadTopics(ReadSources read, IEnumerable<string> others)
    {
        try
        {
            return Await(TopicsOf(read.Configuration).ListAsync(others, StopToken));
        }
        catch (AmazonServiceException e)
        {
            WriteVerbose($"Which topics are connected with {Function.Text} could not be found out: {FanOutError.Sentence(e.Message)} You need lambda:GetPolicy, "
                + "lambda:GetFunctionEventInvokeConfig and sns:ListSubscriptionsByTopic.");
            return null;
        }
    }

    /// <summary>What Lambda tells of invocations that failed.</summary>
    private protected IReadOnlyList<string> ReadEventDestinations() =>
        Await(new EventInvokeConfigs(FunctionSession, Function with { Qualifier = null }).ListOnFailureAsync(StopToken));

    /// <summary>The rows of a table, of a source or of all.</summary>
    /// <returns>Null if the table cannot be read: that is written as an error, and the rest of the chain is still shown.</returns>
    private protected IReadOnlyList<TargetRow>? ReadRows(string table, string? sourceArn)
    {
        try
        {
            return [.. Each(MappingsIn(table).ReadAsync(sourceArn, StopToken))];
        }
        catch (Exception e) when (e is FanOutException or AmazonServiceException)
        {
            Fail(e);
            return null;
        }
    }
}
