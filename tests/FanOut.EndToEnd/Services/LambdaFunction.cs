using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using FanOut.Aws.Lambda;
using FanOut.Aws.Protocols;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

/// <summary>A function at moto, which takes invocations without running them.</summary>
internal static class LambdaFunction
{
    public static async Task CreateAsync(ServiceApi api, string name)
    {
        const string Trust = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}
            """;
        await api.QueryAsync("iam", "2010-05-08", "CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", Trust));
        JsonObject function = new()
        {
            ["FunctionName"] = name,
            ["Runtime"] = "provided.al2023",
            ["Handler"] = "bootstrap",
            ["Role"] = $"arn:aws:iam::{Emulated.Account}:role/{name}",
            ["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(Zip()) },
        };
        await api.RestAsync(HttpMethod.Post, "lambda", "/2015-03-31/functions", Encoding.UTF8.GetBytes(function.ToJsonString()));
    }

    public static async Task<InvokeResponse> InvokeAsync(AmazonLambdaClient client, string name, byte[] payload)
    {
        using RequestBody body = new(payload.Length);
        body.Write(payload);
        return await client.InvokeAsync(new() { FunctionName = name, Payload = body }, TestContext.Current.CancellationToken);
    }

    private static byte[] Zip()
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create))
        {
            archive.CreateEntry("bootstrap");
        }

        return bytes.ToArray();
    }
}
