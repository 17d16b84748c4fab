using FanOut.Deployment.Policies;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Commands;

/// <content>Topics, which have no event source mapping.</content>
public sealed partial class ConnectFanOutSourceCommand
{
    private void ConnectTopic(string topicArn)
    {
        TopicRegion.Check(topicArn, Function.Text, FunctionSession.Region);
        TopicSettings settings = TopicSettings.Of(this).Checked();
        settings = settings with { OnFailureDestination = FindFailureDestination(settings.OnFailureDestination) };
        var connect = new ConnectTopic(Topics, Function, Time) { KeepPolicy = KeepPolicy(new ConnectedSource(topicArn, settings.OnFailureDestination)) };
        TopicPlan plan = Await(connect.PlanAsync(topicArn, settings, Force, StopToken));
        if (plan.IsUnchanged)
        {
            WriteVerbose($"The source {topicArn} of {plan.Now.FunctionArn} is connected already, and {plan.Now.State}: nothing is changed.");
            WriteObject(Describe(plan.Now));
            return;
        }

        CheckDestination(settings.OnFailureDestination);
        EventRetries retries = plan.Retries ?? plan.Now.Retries;
        if (retries.OnFailureDestination is null && !_hasWarned)
        {
            _hasWarned = true;
            WriteWarning(DropWarning.Of("messages", retries.MaximumRetryAttempts, retries.MaximumRecordAge));
        }

        if (!ShouldProcess($"source {topicArn} and function {Function.Text}", plan.Action))
        {
            return;
        }

        // Lambda checks at once whether the role may tell the destination.
        if (plan.Retries?.OnFailureDestination is { } destination && UpdatePolicy(FunctionSession, Function, new ConnectedSource(topicArn, destination)))
        {
            connect.RolePatience = WaitTimeout;
        }

        WriteObject(Describe(Await(connect.RunAsync(plan, StopToken))));
    }
}
