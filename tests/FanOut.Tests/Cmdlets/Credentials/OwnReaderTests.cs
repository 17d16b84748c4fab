using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>The shared files are read by the module alone, for each command anew.</summary>
[Collection(nameof(EnvironmentCollection))]
public sealed class OwnReaderTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("[profile other] # work", "")]
    [InlineData("[profile other", "CredentialFileInvalid")]
    public async Task AWSSDK_never_reads_the_files_itself(string heading, string error)
    {
        // AWSSDK.Core would read them once in a process, in a static constructor: only a new process shows it.
        string config = Write("config", $"{heading}\nregion = eu-west-1\n");
        Write("credentials", "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = secret\n");
        await using Cloud cloud = Cloud.Start();
        await using LambdaService lambda = new(LambdaServiceOptions.Of(cloud));
        cloud.Add(lambda);
        cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id");

        IReadOnlyList<string> output = await PwshProcess.RunAsync(
            $$"""
            Get-ChildItem Env:AWS_* | Remove-Item
            $env:HOME = '{{_home.Path}}'
            $env:AWS_CONFIG_FILE = '{{config}}'
            $env:AWS_EC2_METADATA_DISABLED = 'true'
            Import-Module '{{PowerShellSession.Manifest}}'
            $PSDefaultParameterValues = @{ '*-FanOut*:EndpointUrl' = '{{cloud.Endpoint}}'; '*-FanOut*:Region' = 'us-east-1' }
            function Try-It($given) {
                try { $null = Get-FanOutTarget @given -ErrorAction Stop; $null = Get-FanOutSource @given -ErrorAction Stop }
                catch { ($_.FullyQualifiedErrorId -split ',')[0] }
            }
            "keys: $(Try-It @{ AccessKey = 'a'; SecretKey = 'b' })"
            "file: $(Try-It @{})"
            Set-Content -Path '{{config}}' -Value '[default]'
            "mended: $(Try-It @{})"
            """,
            TestContext.Current.CancellationToken);

        Assert.Equal(["keys: FunctionNotFound", $"file: {(error.Length > 0 ? error : "FunctionNotFound")}", "mended: FunctionNotFound"], output);
    }

    private string Write(string file, string text)
    {
        string path = Path.Join(_home.Path, ".aws", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
