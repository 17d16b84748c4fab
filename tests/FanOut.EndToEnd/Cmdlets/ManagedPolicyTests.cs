using System.Xml.Linq;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>A function with more targets than one inline policy has room for, at moto; its policies are read back with nothing of ours in between.</summary>
public sealed class ManagedPolicyTests(MotoServer moto) : IDisposable
{
    private const string Iam = "2010-05-08";
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:a-queue-whose-name-tells-what-it-is-for-at-some-length-";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Managed_policies_hold_the_rest_follow_the_targets_and_go_with_the_function()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "crowded");
        string package = Package.Write(Path.Join(_folder.Path, "function.zip"));
        session.Run($"Publish-FanOutFunction -PackagePath '{package}'").ThrowIfFailed();
        session.Run($$"""1..200 | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Type = 'sqs'; Destination = '{{Queue}}{0:000}' -f $_; SourceArn = $source } } | Register-FanOutTarget""").ThrowIfFailed();

        string[] attached = Values(await session.Api.QueryAsync("iam", Iam, "ListAttachedRolePolicies", ("RoleName", "crowdedRole")), "PolicyArn");
        Assert.Equal(["arn:aws:iam::123456789012:policy/fanout/FanOut-crowded-2", "arn:aws:iam::123456789012:policy/fanout/FanOut-crowded-3"], attached);
        Assert.Equal(Enumerable.Range(1, 200).Select(static i => $"{Queue}{i:000}"), await QueuesAsync(session, attached));

        for (int i = 201; i < 207; i++)
        {
            session.Run($"Register-FanOutTarget sqs t{i} {Queue}{i} -SourceArn $source").ThrowIfFailed();
        }

        Assert.Equal(Enumerable.Range(1, 206).Select(static i => $"{Queue}{i:000}"), await QueuesAsync(session, attached));
        Assert.Contains(
            session.Run($"Publish-FanOutFunction -PackagePath '{package}' -Verbose").ThrowIfFailed().Verbose, static v => v == "The function crowded needs no change.");

        session.Run("Remove-FanOutFunction -IncludeTable -IncludeLogs -Confirm:$false").ThrowIfFailed();
        Assert.Empty(Values(await session.Api.QueryAsync("iam", Iam, "ListPolicies", ("Scope", "Local"), ("PathPrefix", "/fanout/")), "Arn").Intersect(attached));
    }

    private static async Task<IEnumerable<string>> QueuesAsync(MotoSession session, string[] attached)
    {
        List<string> documents = [.. Values(await session.Api.QueryAsync("iam", Iam, "GetRolePolicy", ("RoleName", "crowdedRole"), ("PolicyName", "FanOut-crowded")), "PolicyDocument")];
        foreach (string arn in attached)
        {
            string version = Values(await session.Api.QueryAsync("iam", Iam, "GetPolicy", ("PolicyArn", arn)), "DefaultVersionId").Single();
            documents.AddRange(Values(await session.Api.QueryAsync("iam", Iam, "GetPolicyVersion", ("PolicyArn", arn), ("VersionId", version)), "Document"));
        }

        return documents.SelectMany(static d => Uri.UnescapeDataString(d).Split('"')).Where(static t => t.StartsWith(Queue, StringComparison.Ordinal)).Order();
    }

    private static string[] Values(XElement answer, string element) => [.. answer.Descendants().Where(e => e.Name.LocalName == element).Select(static e => e.Value).Order()];
}
