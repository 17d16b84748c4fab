using System.Management.Automation;
using FanOut.Aws.Lambda;
using FanOut.Errors;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;
using FanOut.Sources;
using FunctionConfiguration = FanOut.Aws.Lambda.FunctionConfiguration;

namespace FanOut.Tests.Sources;

public sealed class FunctionConfigurationsTests : SourceTests
{
    private const string Variable = "FANOUT_BATCH_ITEM_FAILURES";

    [Fact]
    public async Task A_variable_is_added_to_those_that_are_there_and_is_in_force_at_the_end()
    {
        LambdaFunction function = Add("fanout", ("A1", "1"), ("B1", ""));

        await Configurations.SetVariableAsync(Variable, "true", Patience, Cancellation);

        Assert.Equal("A1=1 B1= FANOUT_BATCH_ITEM_FAILURES=true", string.Join(' ', function.Configuration.Environment.Select(static v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal)));
        Assert.False(function.IsUpdating);
        Assert.All(Time.Waits, static w => Assert.Equal(Poll.Pace, w));
        Assert.True(Time.Waits.Count >= 5);
    }

    [Fact]
    public async Task A_variable_that_is_set_changes_nothing()
    {
        Add("fanout", (Variable, "true"));

        await Configurations.SetVariableAsync(Variable, "true", Patience, Cancellation);

        Assert.Empty(Changes);
    }

    [Fact]
    public async Task A_change_of_others_is_waited_for_and_kept()
    {
        LambdaFunction function = Add("fanout", ("A1", "1"));
        await Configurations.SetVariableAsync("B1", "2", TimeSpan.Zero, Cancellation).ContinueWith(static _ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);
        Assert.True(function.IsUpdating);

        await Configurations.SetVariableAsync(Variable, "true", Patience, Cancellation);

        Assert.Equal(["A1", "B1", Variable], function.Configuration.Environment.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("PreconditionFailedException", 412)]
    [InlineData("ResourceConflictException", 409)]
    public async Task A_change_in_between_is_read_again_and_not_overwritten(string code, int status)
    {
        LambdaFunction function = Add("fanout", ("A1", "1"));
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "UpdateFunctionConfiguration", Code = code, Status = status, Times = 2 });

        await Configurations.SetVariableAsync(Variable, "true", Patience, Cancellation);

        Assert.Equal("true", function.Configuration.Environment[Variable]);
        Assert.Equal(3, Cloud.Calls.Count(static c => c.Operation == "UpdateFunctionConfiguration"));
        Assert.True(Cloud.Calls.Count(static c => c.Operation == "GetFunctionConfiguration") >= 4);
    }

    [Fact]
    public async Task Changes_without_end_are_given_up()
    {
        Add();
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "UpdateFunctionConfiguration", Code = "PreconditionFailedException", Status = 412 });

        AmazonLambdaException error = await Assert.ThrowsAsync<AmazonLambdaException>(() => Configurations.SetVariableAsync(Variable, "true", TimeSpan.FromSeconds(3), Cancellation));

        Assert.Equal("PreconditionFailedException", error.ErrorCode);
        Assert.Equal(3, Time.Waits.Count);
    }

    [Fact]
    public async Task A_function_that_does_not_come_to_rest_is_told()
    {
        Add();

        FanOutException error = await Assert.ThrowsAsync<FanOutException>(() => Configurations.SetVariableAsync(Variable, "true", TimeSpan.FromSeconds(2), Cancellation));

        Assert.Equal(("FunctionNotActive", ErrorCategory.OperationTimeout), (error.ErrorId, error.Category));
        Assert.Contains("last update InProgress", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_that_cannot_be_read_are_never_written()
    {
        var configuration = new FunctionConfiguration
        {
            KMSKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1",
            Environment = new() { Error = new() { ErrorCode = "AccessDeniedException", Message = "Lambda was unable to decrypt the environment variables" } },
        };

        FanOutException error = Assert.Throws<FanOutException>(() => Configurations.Readable(configuration));

        Assert.Equal(("VariablesUnreadable", ErrorCategory.PermissionDenied), (error.ErrorId, error.Category));
        Assert.Contains("unable to decrypt", error.Message, StringComparison.Ordinal);
        Assert.Contains("kms:Decrypt on arn:aws:kms:us-east-1:123456789012:key/1", error.Advice, StringComparison.Ordinal);
    }
}
