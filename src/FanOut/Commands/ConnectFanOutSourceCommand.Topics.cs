using FanOut.Sources.Topics;

namespace FanOut.Commands;

/// <content>Topics, which have no event source mapping.</content>
public sealed partial class ConnectFanOutSourceCommand
{
    private void ConnectTopic(string topicArn)
    {
        TopicRegion.Check(topicArn, Function.Text, FunctionSession.Region);
        TopicSettings settings = TopicSettings.Of(this).Checked();
        PlannedTopic planned = PlanTopic(Function, topicArn, settings with { OnFailureDestination = FindFailureDestination(settings.OnFailureDestination) }, Force, WaitTimeout);
        TopicPlan plan = planned.Plan;
        if (plan.IsUnchanged)
        {
            WriteVerbose($"The source {topicArn} of {plan.Now.FunctionArn} is connected already, and {plan.Now.State}: nothing is changed.");
            WriteObject(Describe(plan.Now));
            return;
        }

        Announce(planned);
        if (ShouldProcess($"source {topicArn} and function {Function.Text}", plan.Action))
        {
            WriteObject(Describe(Run(planned)));
        }
    }
}
