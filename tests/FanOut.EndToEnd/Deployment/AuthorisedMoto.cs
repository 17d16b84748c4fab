using System.Xml.Linq;
using FanOut.EndToEnd.Cmdlets;
using FanOut.EndToEnd.Engine;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Deployment;

/// <summary>A moto of its own, because its authorisation holds for the whole server, with a destination of each type that it stands for.</summary>
public sealed class AuthorisedMoto : IAsyncDisposable
{
    public const string OtherAccount = "210987654321";
    public const string WriterArn = $"arn:aws:iam::{OtherAccount}:role/writer";

    private const string Iam = "2010-05-08";

    private readonly TemporaryFolder _folder = new();

    /// <summary>The server.</summary>
    public MotoServer Server { get; } = new();

    /// <summary>A package that starts nothing.</summary>
    public string Package => Testing.Package.Write(Path.Join(_folder.Path, "function.zip"));

    /// <summary>Makes the destinations and opens a session, while nothing is checked.</summary>
    /// <param name="function">The function's name, and that of its stream.</param>
    /// <param name="destination">The name of each destination.</param>
    internal async Task<MotoSession> StartAsync(string function, string destination)
    {
        await Server.ResetAuthAsync(int.MaxValue);
        MotoSession session = await MotoSession.StartAsync(Server, function);
        await session.Api.JsonAsync("dynamodb", "DynamoDB_20120810.DeleteTable", new() { ["TableName"] = session.Table });
        using Queue queue = await Queue.CreateAsync(session.Endpoint, destination);
        await queue.SubscribeTopicAsync(destination);
        await session.CreateStreamAsync(destination);
        using Bucket bucket = await Bucket.CreateAsync(session.Endpoint, destination);
        await LambdaFunction.CreateAsync(session.Api, destination);
        session.Run($$"""
            $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{{Package}}'
            $stream = @{ Source = '{{function}}'; SourceType = 'Kinesis' }
            """).ThrowIfFailed();
        return session;
    }

    /// <summary>Gives a role one policy, translated, and assumes it.</summary>
    internal static async Task<(string AccessKey, string SecretKey, string Token)> AssumeAsync(ServiceApi api, string account, string role, string policy)
    {
        await api.QueryAsync("iam", Iam, "PutRolePolicy", ("RoleName", role), ("PolicyName", "translated"), ("PolicyDocument", MotoPolicy.Of(policy)));
        XElement answer = await api.QueryAsync("sts", "2011-06-15", "AssumeRole", ("RoleArn", $"arn:aws:iam::{account}:role/{role}"), ("RoleSessionName", "test"));
        return (Text(answer, "AccessKeyId"), Text(answer, "SecretAccessKey"), Text(answer, "SessionToken"));
    }

    /// <summary>Makes a role.</summary>
    internal static Task CreateRoleAsync(ServiceApi api, string role, string trust) =>
        api.QueryAsync("iam", Iam, "CreateRole", ("RoleName", role), ("AssumeRolePolicyDocument", trust));

    /// <summary>A first element of an answer.</summary>
    internal static string Text(XElement answer, string name) => answer.Descendants().First(e => e.Name.LocalName == name).Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
