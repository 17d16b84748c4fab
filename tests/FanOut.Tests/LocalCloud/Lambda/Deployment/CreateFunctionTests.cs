using FanOut.LocalCloud;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.LocalCloud.Lambda.Deployment;

public sealed class CreateFunctionTests() : DeploymentTests(
    new CloudOptions { TimeProvider = Clock, CallsUntilRoleIsAssumable = 2 }, options => options with { TransitionTime = TimeSpan.FromSeconds(5) })
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_new_role_is_not_assumable_at_once()
    {
        List<Answer> answers = [await CreateAsync(), await CreateAsync(), await CreateAsync()];

        Assert.Equal([400, 400, 201], answers.Select(answer => answer.Status));
        Assert.Equal("InvalidParameterValueException", answers[0].Error);
        Assert.Equal("The role defined for the function cannot be assumed by Lambda.", answers[0].Json.GetProperty("Message").GetString());
    }

    [Fact]
    public async Task A_function_that_is_being_made_cannot_be_invoked_or_changed()
    {
        await CreateAsync();
        await CreateAsync();
        var created = await CreateAsync();

        var invoked = await InvokeAsync();
        var changed = await CallAsync(HttpMethod.Put, "/fanout/configuration", """{"Timeout":60}""");
        Clock.Advance(TimeSpan.FromSeconds(5));
        string? state;
        do
        {
            state = (await CallAsync(HttpMethod.Get, "/fanout/configuration")).Json.GetProperty("State").GetString();
        }
        while (state == "Pending");

        Assert.Equal(("Pending", "Creating"), (created.Json.GetProperty("State").GetString(), created.Json.GetProperty("StateReasonCode").GetString()));
        Assert.Equal((409, "ResourceConflictException"), (invoked.Status, invoked.Error));
        Assert.Equal((409, "ResourceConflictException"), (changed.Status, changed.Error));
        Assert.Equal("Active", state);
    }

    [Theory]
    [InlineData("\"Role\":\"arn:aws:iam::123456789012:role/fanout\"", "\"Role\":\"arn:aws:iam::123456789012:role/nobody\"", "InvalidParameterValueException", "cannot be assumed by Lambda")]
    [InlineData("\"Role\":\"arn:aws:iam::123456789012:role/fanout\"", "\"Role\":\"arn:aws:iam::999999999999:role/fanout\"", "AccessDeniedException", "Cross-account pass role")]
    [InlineData("\"Role\":\"arn:aws:iam::123456789012:role/fanout\"", "\"Role\":\"fanout\"", "ValidationException", "at 'role'")]
    [InlineData("\"Role\":\"arn:aws:iam::123456789012:role/fanout\"", "\"Role\":\"arn:aws:iam::123456789012:role/untrusting\"", "InvalidParameterValueException", "cannot be assumed by Lambda")]
    [InlineData("provided.al2023", "provided.al1", "InvalidParameterValueException", "provided.al1")]
    [InlineData("\"Handler\":\"bootstrap\"", "\"Description\":\"\"", "InvalidParameterValueException", "Runtime and Handler are mandatory")]
    [InlineData("\"FunctionName\":\"fanout\"", "\"FunctionName\":\"a b\"", "ValidationException", "functionName")]
    [InlineData("\"FunctionName\":\"fanout\"", "\"FunctionName\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "ValidationException", "less than or equal to 64")]
    [InlineData("\"Handler\"", "\"MemorySize\":64,\"Handler\"", "ValidationException", "memorySize")]
    [InlineData("\"Handler\"", "\"Timeout\":901,\"Handler\"", "ValidationException", "timeout")]
    [InlineData("\"Handler\"", "\"Architectures\":[\"arm64\",\"x86_64\"],\"Handler\"", "ValidationException", "architectures")]
    [InlineData("\"Handler\"", "\"Environment\":{\"Variables\":{\"AWS_REGION\":\"x\"}},\"Handler\"", "InvalidParameterValueException", "reserved keys")]
    [InlineData("\"ZipFile\":\"UEs", "\"ZipFile\":\"AAA", "InvalidParameterValueException", "Could not unzip uploaded file")]
    [InlineData("\"ZipFile\"", "\"S3Bucket\":\"b\",\"S3Key\"", "InvalidParameterValueException", "ZipFile only")]
    [InlineData("\"Handler\"", "\"PackageType\":\"Image\",\"Handler\"", "InvalidParameterValueException", "type Zip only")]
    public async Task What_Lambda_would_not_take_is_refused(string part, string instead, string error, string message)
    {
        // Both tries that find the role not assumable are used up.
        await CreateAsync();
        await CreateAsync();
        Cloud.Iam.CreateRole("untrusting", """{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"}}}""");

        var answer = await CallAsync(HttpMethod.Post, "", DeployedScript.Create(DeployedScript.Zip()).Replace(part, instead, StringComparison.Ordinal));

        Assert.Equal(error, answer.Error);
        Assert.Contains(message, answer.Json.GetProperty("Message").GetString(), StringComparison.Ordinal);
        Assert.Empty(Lambda.Functions);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/tmp/fanout-evil")]
    [InlineData("a/../../evil")]
    public async Task An_entry_that_would_leave_the_folder_is_refused(string name)
    {
        await CreateAsync();
        await CreateAsync();

        var answer = await CreateAsync(DeployedScript.Zip((name, "x"u8.ToArray(), "755")));

        Assert.Equal("InvalidParameterValueException", answer.Error);
        Assert.False(File.Exists("/tmp/fanout-evil") || File.Exists(Path.Combine(Path.GetTempPath(), "evil")));
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await CreateAsync();
        await CreateAsync();
        await CreateAsync();

        var again = await CreateAsync();

        Assert.Equal((409, "ResourceConflictException", "Function already exist: fanout"), (again.Status, again.Error, again.Json.GetProperty("Message").GetString()));
    }
}
