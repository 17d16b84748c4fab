using System.Text;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.LocalCloud.Lambda.Deployment;

/// <summary>A cloud with Lambda and a role for functions, and calls of Lambda's API.</summary>
public abstract class DeploymentTests : IAsyncDisposable
{
    private protected const int Timeout = 120_000;
    private protected const string FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:fanout";
    private protected const string Trust = """{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}}}""";

    private protected DeploymentTests(CloudOptions? options = null, Func<LambdaServiceOptions, LambdaServiceOptions>? adapt = null)
    {
        Cloud = Cloud.Start(options);
        var lambda = LambdaServiceOptions.Of(Cloud);
        Lambda = new(adapt is null ? lambda : adapt(lambda));
        Cloud.Add(Lambda);
        Cloud.Iam.CreateRole("fanout", Trust);
        Aws = new(Cloud);
    }

    private protected Cloud Cloud { get; }

    private protected LambdaService Lambda { get; }

    private protected AwsHttp Aws { get; }

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        Aws.Dispose();
        await Lambda.DisposeAsync();
        await Cloud.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<Answer> CallAsync(HttpMethod method, string path, string body = "") =>
        Aws.SendAsync("lambda", method, path.StartsWith("/20", StringComparison.Ordinal) ? path : $"/2015-03-31/functions{path}", Encoding.UTF8.GetBytes(body), "application/json");

    private protected Task<Answer> CreateAsync(byte[]? zip = null, string more = "", string runtime = "provided.al2023") =>
        CallAsync(HttpMethod.Post, "", DeployedScript.Create(zip ?? DeployedScript.Zip(), more, runtime: runtime));

    private protected Task<Answer> InvokeAsync(string eventJson = "{}", string name = "fanout") => CallAsync(HttpMethod.Post, $"/{name}/invocations", eventJson);

    private protected static string Code(byte[] zip, string more = "") => $$"""{"ZipFile":"{{Convert.ToBase64String(zip)}}"{{more}}}""";
}
