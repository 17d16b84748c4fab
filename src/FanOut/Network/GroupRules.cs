using System.Net;
using FanOut.Aws.Ec2;

namespace FanOut.Network;

/// <summary>Whether rules of security groups let TCP to a port through.</summary>
internal static class GroupRules
{
    private static readonly string[] OfTcp = ["tcp", "6", "-1"];

    /// <summary>Whether they do.</summary>
    /// <param name="rules">The rules of all groups of one side, in or out.</param>
    /// <param name="port">The port.</param>
    /// <param name="groups">The groups of the other side.</param>
    /// <param name="addresses">The addresses of the other side; empty: they are not known.</param>
    /// <returns>Null: it depends on addresses that are not known here.</returns>
    public static bool? Let(IEnumerable<SecurityGroupRule> rules, int port, IReadOnlyCollection<string> groups, IReadOnlyCollection<IPNetwork> addresses)
    {
        bool? lets = false;
        foreach (SecurityGroupRule rule in rules.Where(r => OfTcp.Contains(r.IpProtocol?.ToLowerInvariant()) && (r.FromPort is null or -1 || (r.FromPort <= port && port <= r.ToPort))))
        {
            IPNetwork[] blocks = [.. (rule.CidrBlocks ?? []).Select(static c => IPNetwork.TryParse(c, out IPNetwork block) ? block : default(IPNetwork?)).OfType<IPNetwork>()];
            if ((rule.GroupIds ?? []).Any(groups.Contains) || Array.Exists(blocks, static b => b.PrefixLength == 0 && b.BaseAddress.Equals(IPAddress.Any))
                || (addresses.Count > 0 && addresses.All(a => Array.Exists(blocks, b => Holds(b, a)))))
            {
                return true;
            }

            // A list has addresses that are not looked at; some of the function's subnets may be let through, and others not.
            lets = rule.PrefixListIds is { Count: > 0 } || (blocks.Length > 0 && (addresses.Count == 0 || addresses.Any(a => Array.Exists(blocks, b => Holds(b, a) || Holds(a, b))))) ? null : lets;
        }

        return lets;
    }

    private static bool Holds(IPNetwork outer, IPNetwork inner) => outer.PrefixLength <= inner.PrefixLength && outer.Contains(inner.BaseAddress);
}
