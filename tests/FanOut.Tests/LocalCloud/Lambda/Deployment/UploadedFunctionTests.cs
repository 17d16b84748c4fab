using System.Security.Cryptography;

namespace FanOut.Tests.LocalCloud.Lambda.Deployment;

public sealed class UploadedFunctionTests : DeploymentTests
{
    [Fact(Timeout = Timeout)]
    public async Task A_deployed_package_really_runs_with_its_roles_credentials_and_its_lines_are_in_its_log_group()
    {
        DeployedScript.SkipWithoutPython();
        var zip = DeployedScript.Zip();

        var created = await CreateAsync(zip, ""","MemorySize":192,"Timeout":20,"Environment":{"Variables":{"TABLE":"t"}},"Tags":{"a":"1"},"Architectures":["arm64"]""");
        var told = (await CallAsync(HttpMethod.Get, "/fanout")).Json;
        var environment = (await InvokeAsync("""{"do":"environment"}""")).Json;

        Assert.Equal((201, "Pending"), (created.Status, created.Json.GetProperty("State").GetString()));
        var configuration = told.GetProperty("Configuration");
        Assert.Equal(("Active", "Successful"), (configuration.GetProperty("State").GetString(), configuration.GetProperty("LastUpdateStatus").GetString()));
        Assert.Equal((zip.Length, Convert.ToBase64String(SHA256.HashData(zip))), (configuration.GetProperty("CodeSize").GetInt32(), configuration.GetProperty("CodeSha256").GetString()));
        Assert.Equal("[\"arm64\"]", configuration.GetProperty("Architectures").GetRawText());
        Assert.Equal("1", told.GetProperty("Tags").GetProperty("a").GetString());
        Assert.StartsWith("https://awslambda-us-east-1-tasks.s3.us-east-1.amazonaws.com/snapshots/123456789012/fanout-", told.GetProperty("Code").GetProperty("Location").GetString(), StringComparison.Ordinal);
        var session = Assert.Single(Cloud.Sts.Sessions);
        Assert.Equal((session.AccessKeyId, session.SessionToken), (Text("AWS_ACCESS_KEY_ID"), Text("AWS_SESSION_TOKEN")));
        Assert.Equal(("arn:aws:iam::123456789012:role/fanout", "fanout"), (session.Role.Arn, session.Name));
        Assert.Equal(("t", "192", Cloud.Endpoint.ToString().TrimEnd('/')), (Text("TABLE"), Text("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), Text("AWS_ENDPOINT_URL")));
        var group = Cloud.Logs.Find("/aws/lambda/fanout")!;
        await group.Events.WaitForAsync(1, Cancellation);
        Assert.Equal(["event {\"do\": \"environment\"}"], group.Lines);
        Assert.Equal(group.Events.First().Stream, Text("AWS_LAMBDA_LOG_STREAM_NAME"));

        string? Text(string name) => environment.GetProperty(name).GetString();
    }

    [Fact(Timeout = Timeout)]
    public async Task New_code_runs_after_the_invocation_in_flight()
    {
        DeployedScript.SkipWithoutPython();
        var folder = Directory.CreateTempSubdirectory("fanout-gate-");
        var gate = Path.Combine(folder.FullName, "gate");
        using var fifo = System.Diagnostics.Process.Start("mkfifo", gate)!;
        await fifo.WaitForExitAsync(Cancellation);
        await CreateAsync(more: ""","Timeout":60""");
        var waiting = InvokeAsync($$"""{"do":"wait","gate":"{{gate}}"}""");
        while (Cloud.Logs.Find("/aws/lambda/fanout") is not { Events.Count: > 0 })
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var process = Assert.Single(Lambda.Find("fanout")!.Processes!.ProcessIds);

        var updated = await CallAsync(HttpMethod.Put, "/fanout/code", Code(DeployedScript.Zip("two")));
        var next = await InvokeAsync();
        Assert.Equal((200, "\"two\""), (updated.Status, next.Text));
        Assert.Contains(process, Lambda.Find("fanout")!.Processes!.ProcessIds);
        await File.WriteAllTextAsync(gate, "", Cancellation);

        Assert.Equal("\"one\"", (await waiting).Text);
        Assert.DoesNotContain(process, Lambda.Find("fanout")!.Processes!.ProcessIds);
        folder.Delete(recursive: true);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("0")]
    [InlineData("644")]
    [InlineData("700")]
    public async Task A_bootstrap_that_Lambdas_user_may_not_run_is_denied(string mode)
    {
        await CreateAsync(DeployedScript.Zip(mode: mode));

        var answer = await InvokeAsync();

        Assert.Equal((200, "Unhandled"), (answer.Status, answer.Headers["X-Amz-Function-Error"]));
        Assert.Equal("Runtime.InvalidEntrypoint", answer.Json.GetProperty("errorType").GetString());
        Assert.EndsWith("Error: fork/exec /var/task/bootstrap: permission denied", answer.Json.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("provided.al2023", "main", "Couldn't find valid bootstrap(s)")]
    [InlineData("nodejs22.x", "bootstrap", "does not run nodejs22.x")]
    [InlineData("dotnet10", "bootstrap", "Could not find the specified handler assembly")]
    public async Task What_cannot_be_run_is_kept_and_says_so_when_it_is_invoked(string runtime, string file, string reason)
    {
        var created = await CreateAsync(DeployedScript.Zip((file, "x"u8.ToArray(), "755")), runtime: runtime);
        var answer = await InvokeAsync();

        Assert.Equal((201, runtime), (created.Status, created.Json.GetProperty("Runtime").GetString()));
        Assert.Equal("Unhandled", answer.Headers["X-Amz-Function-Error"]);
        Assert.Contains(reason, answer.Json.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_function_of_Nodejs_is_switched_to_a_bootstrap_in_place()
    {
        DeployedScript.SkipWithoutPython();
        Cloud.Kinesis.CreateStream("orders").Put("k", "x"u8.ToArray());
        await CreateAsync(DeployedScript.Zip(("index.js", "x"u8.ToArray(), "644")), runtime: "nodejs22.x");
        var mapping = Lambda.CreateEventSourceMapping("arn:aws:kinesis:us-east-1:123456789012:stream/orders", "fanout", new() { RetryBaseDelay = TimeSpan.Zero });

        await CallAsync(HttpMethod.Put, "/fanout/configuration", """{"Runtime":"provided.al2023","Handler":"bootstrap","Timeout":60}""");
        await CallAsync(HttpMethod.Put, "/fanout/code", Code(DeployedScript.Zip()));

        Assert.Equal("\"one\"", (await InvokeAsync()).Text);
        await mapping.WhenIdleAsync(Cancellation);
        Assert.Equal(1, mapping.Progress.Delivered);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_deleted_function_ends_and_its_mappings_go_on_with_the_next_of_its_name()
    {
        DeployedScript.SkipWithoutPython();
        var stream = Cloud.Kinesis.CreateStream("orders");
        await CreateAsync(more: ""","Timeout":60""");
        var mapping = Lambda.CreateEventSourceMapping("arn:aws:kinesis:us-east-1:123456789012:stream/orders", "fanout", new() { RetryBaseDelay = TimeSpan.Zero });
        await InvokeAsync();

        var deleted = await CallAsync(HttpMethod.Delete, "/fanout");
        stream.Put("k", "x"u8.ToArray());

        Assert.Equal(204, deleted.Status);
        Assert.Equal((404, "ResourceNotFoundException"), ((await InvokeAsync()) is var gone ? gone.Status : 0, gone.Error));
        var listed = await Aws.SendAsync("lambda", HttpMethod.Get, "/2015-03-31/event-source-mappings/?FunctionName=fanout", []);
        Assert.Equal(1, listed.Json.GetProperty("EventSourceMappings").GetArrayLength());
        Assert.Equal(0, mapping.Progress.Delivered);
        await CreateAsync(more: ""","Timeout":60""");
        await mapping.WhenIdleAsync(Cancellation);
        Assert.Equal(1, mapping.Progress.Delivered);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_arm64_program_runs_by_the_emulator_or_says_why_not()
    {
        // The head of an ELF file for aarch64 (183), and nothing behind it.
        byte[] program = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 183, 0];
        Assert.SkipUnless(OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64, "Needs Linux on x64.");
        await CreateAsync(DeployedScript.Zip(("bootstrap", program, "755")), ""","Architectures":["arm64"]""");
        var asArm64 = (await InvokeAsync()).Json.GetProperty("errorMessage").GetString();
        await CallAsync(HttpMethod.Put, "/fanout/code", Code(DeployedScript.Zip(("bootstrap", program, "755")), ""","Architectures":["x86_64"]"""));
        var asX64 = (await InvokeAsync()).Json.GetProperty("errorMessage").GetString();

        Assert.True(
            asArm64!.Contains("it found no qemu-aarch64-static on the PATH", StringComparison.Ordinal) || asArm64.Contains("Runtime exited", StringComparison.Ordinal), asArm64);
        Assert.EndsWith("fork/exec /var/task/bootstrap: exec format error", asX64, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_dotnet_assembly_is_found_by_its_handler()
    {
        // A method's name needs Lambda's own host for .NET.
        await CreateAsync(DeployedScript.Zip(("bootstrap.dll", "x"u8.ToArray(), "644")), runtime: "dotnet10");
        var notNet = await InvokeAsync();
        await CallAsync(HttpMethod.Put, "/fanout/configuration", """{"Handler":"Assembly::Type::Method"}""");
        var method = await InvokeAsync();

        Assert.Contains("Runtime exited with error", notNet.Text, StringComparison.Ordinal);
        Assert.Contains("it does not call the method Assembly::Type::Method", method.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Reserved_concurrency_of_zero_throttles()
    {
        DeployedScript.SkipWithoutPython();
        await CreateAsync(more: ""","Timeout":60""");

        var put = await CallAsync(HttpMethod.Put, "/2017-10-31/functions/fanout/concurrency", """{"ReservedConcurrentExecutions":0}""");
        var throttled = await InvokeAsync();
        var told = (await CallAsync(HttpMethod.Get, "/fanout")).Json;
        var tooMany = await CallAsync(HttpMethod.Put, "/2017-10-31/functions/fanout/concurrency", """{"ReservedConcurrentExecutions":901}""");
        await CallAsync(HttpMethod.Delete, "/2017-10-31/functions/fanout/concurrency");

        Assert.Equal("""{"ReservedConcurrentExecutions":0}""", put.Text);
        Assert.Equal((429, "TooManyRequestsException"), (throttled.Status, throttled.Error));
        Assert.Equal(0, told.GetProperty("Concurrency").GetProperty("ReservedConcurrentExecutions").GetInt32());
        Assert.Equal("InvalidParameterValueException", tooMany.Error);
        Assert.Equal("\"one\"", (await InvokeAsync()).Text);
    }
}
