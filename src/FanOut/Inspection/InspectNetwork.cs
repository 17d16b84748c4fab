using System.Net;
using FanOut.Aws.Http;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Network;
using FanOut.Sources;
using FanOut.Views;

namespace FanOut.Inspection;

/// <summary>Finds out whether the function reaches a target, as far as its network's configuration tells.</summary>
/// <param name="session">Who looks, in the function's region.</param>
/// <param name="function">The function's name.</param>
internal sealed class InspectNetwork(AwsSession session, string function)
{
    private const string Check = "Network";
    private Seen<FunctionNetwork>? _network;

    /// <summary>Finds it out.</summary>
    public async Task<Finding> OfAsync(ReadSources read, Mapping mapping, CancellationToken cancellationToken)
    {
        var problems = new NetworkProblems(session.Region, function);
        bool isWithin = NetworkNeeds.IsWithin(mapping);
        if (mapping.Destination is HttpDestination http && AddressOf(http.Url) is { } address && AddressRules.Parse(read.Variables.GetValueOrDefault(AddressRules.Variable)).WhyNot(address) is { } why)
        {
            return Finding.Fail(Check, $"The function connects to no such address: {http.Url.Host} is {why}.", AddressRules.PublicAndPrivate.WhyNot(address) is null
                ? $"Publish-FanOutFunction -Environment @{{ {AddressRules.Variable} = '{With(read.Variables.GetValueOrDefault(AddressRules.Variable), http)}' }}{RepairCommand.FunctionOf(function, session.Region)}"
                : $"No setting allows it. Give an address that the function reaches: {RepairCommand.Of("Set-FanOutTarget", $"{RepairCommand.Quoted(mapping.Id)} -Destination https://…", mapping.SourceArn, function, session.Region)}");
        }

        if (read.Configuration.VpcConfig is not { SubnetIds.Count: > 0 } vpc)
        {
            return problems.OutsideOfVpc([mapping]).FirstOrDefault() is { } outside ? Of(outside)
                : mapping.Destination is CacheDestination ? Finding.Warn(Check, "The function is in no VPC: it reaches the cache only if that has a public address.", $"Publish-FanOutFunction -Subnet <ids> -SecurityGroup <ids>{RepairCommand.FunctionOf(function, session.Region)}")
                : Finding.Pass(Check, "The function is in no VPC: it reaches all that is public.");
        }

        NetworkNeed[] needs = [.. new NetworkNeeds(session.Region, read.FunctionTable ?? read.TableName, read.Variables).Of([mapping])];
        _network ??= await Look.AtAsync(session, () => new ReadNetwork(session).FindAsync(vpc, cancellationToken)).ConfigureAwait(false);
        if (_network.Value is not { } network)
        {
            return _network.IsMissing ? Finding.Skipped(Check, $"The route tables of {vpc.VpcId} are not shown to {session.Identity}. The function has to reach {NetworkProblems.List(needs)}.")
                : _network.NotSeen(Check, $"Whether the function reaches {NetworkProblems.List(needs)} from {vpc.VpcId}", "ec2:DescribeRouteTables and ec2:DescribeVpcEndpoints");
        }

        string[] found = [.. problems.Of(needs, network)];
        return found.Length > 0 ? Of(found)
            : Finding.Pass(Check, $"From {vpc.VpcId} there is a way to {NetworkProblems.List(needs)}.{(isWithin ? $" The target itself is reached within the VPC, if its security groups let {string.Join(", ", vpc.SecurityGroupIds ?? [])} in." : "")}");
    }

    // A name's addresses are not the same everywhere: what the function would get is not known here. But one name is everywhere the machine itself: https://www.rfc-editor.org/rfc/rfc6761#section-6.3
    private static IPAddress? AddressOf(Uri url) => IPAddress.TryParse(url.Host, out IPAddress? address) ? address
        : url.Host.TrimEnd('.') is var host && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)) ? IPAddress.Loopback
        : null;

    // The variable is set as a whole: what it allows already stays.
    private static string With(string? networks, HttpDestination http) =>
        $"{(string.IsNullOrWhiteSpace(networks) ? "" : $"{networks.Trim().TrimEnd(',')},")}{http.Url.Host.Trim('[', ']')}/{(http.Url.HostNameType == UriHostNameType.IPv6 ? 128 : 32)}";

    private static Finding Of(params string[] problems) => Finding.Fail(
        Check, string.Join(' ', problems.Select(ProblemText.WithoutCommand)), string.Join('\n', problems.Select(static p => ProblemText.Split(p).Command).OfType<string>()) is { Length: > 0 } commands ? commands : "docs/vpc.md says what ways there are.");
}
