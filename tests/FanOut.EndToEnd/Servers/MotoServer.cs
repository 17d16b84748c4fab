using System.Net.Http.Headers;
using System.Text;

[assembly: AssemblyFixture(typeof(FanOut.EndToEnd.Servers.MotoServer))]

namespace FanOut.EndToEnd.Servers;

/// <summary>moto, the AWS emulator in Python: SNS, SQS, Firehose, S3, IoT Data, STS, IAM, CloudWatch, DynamoDB, Lambda.</summary>
/// <remarks>See https://docs.getmoto.org/en/latest/docs/server_mode.html. Its account is 123456789012.</remarks>
public sealed class MotoServer : LazyServer
{
    private readonly HttpClient _http = new();
    private readonly string _recording = Path.Join(Path.GetTempPath(), $"fanout-moto-{Guid.NewGuid():N}");

    /// <inheritdoc/>
    protected override string Name => "moto";

    /// <inheritdoc/>
    protected override string Remedy => "pip install 'moto[server]'";

    /// <summary>Forgets every resource, as after a start.</summary>
    public Task ResetAsync() => PostAsync("reset");

    /// <summary>Lets so many calls pass, then checks signatures and IAM policies.</summary>
    /// <param name="allowed">Calls before the checks begin; 0 begins at once. Before the first call of this method nothing is checked.</param>
    public Task ResetAuthAsync(int allowed) => PostAsync("reset-auth", $"{allowed}");

    /// <summary>Changes its settings: https://docs.getmoto.org/en/latest/docs/configuration/index.html</summary>
    /// <param name="settings">A JSON object.</param>
    public Task ConfigureAsync(string settings) => PostAsync("config", settings);

    /// <summary>Keeps every request from now on, for <see cref="GetRecordingAsync"/>: the only way to read back an IoT message.</summary>
    /// <remarks>Not on the shared server; see <see cref="RecordingMoto"/>.</remarks>
    public Task StartRecordingAsync() => PostAsync("recorder/start-recording");

    /// <summary>What arrived since <see cref="StartRecordingAsync"/>, in order.</summary>
    public async Task<IReadOnlyList<RecordedRequest>> GetRecordingAsync()
    {
        Uri endpoint = (await StartAsync()).Endpoint;
        string lines = await _http.GetStringAsync(new Uri(endpoint, "moto-api/recorder/download-recording"), TestContext.Current.CancellationToken);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(RecordedRequest.Parse)];
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _http.Dispose();
        File.Delete(_recording);
    }

    /// <inheritdoc/>
    protected override async Task<ServerProcess?> LaunchAsync()
    {
        if (ProgramRun.Find("python3") is not { } python)
        {
            return null;
        }

        int port = FreePort.Pick();
        Dictionary<string, string> environment = new() { ["MOTO_RECORDER_FILEPATH"] = _recording, ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true" };
        try
        {
            ServerProcess moto = await ServerProcess.StartAsync(
                python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", $"{port}"], port, environment);
            // Functions are invoked, not run: that would take Docker.
            await PostAsync(moto.Endpoint, "config", """{"lambda":{"use_docker":false}}""");
            return moto;
        }
        catch (ServerFailedException failure) when (failure.Output.Contains("No module named", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private async Task PostAsync(string path, string body = "") => await PostAsync((await StartAsync()).Endpoint, path, body);

    private async Task PostAsync(Uri endpoint, string path, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));
        using HttpResponseMessage response =
            await _http.PostAsync(new Uri(endpoint, $"moto-api/{path}"), content, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
