using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Deployment.Monitoring;

/// <summary>The topic that an alarm tells.</summary>
internal static class AlarmTopic
{
    /// <summary>Refuses what no alarm of a region can tell.</summary>
    /// <param name="parameter">The parameter that names it.</param>
    /// <param name="topic">The topic's ARN.</param>
    /// <param name="region">The alarm's region.</param>
    /// <remarks>
    /// CloudWatch answers "Invalid region eu-west-1 specified. Only us-east-1 is supported." to PutMetricAlarm, as seen at https://github.com/cds-snc/notification-terraform/pull/128:
    /// its API reference does not say it.
    /// </remarks>
    /// <exception cref="FanOutException">InvalidDestination: it is no topic's ARN. InvalidParameter: the topic is in another region.</exception>
    public static void Check(string parameter, string topic, string region)
    {
        if (!TopicDestination.TryParse(topic, out _, out string? problem))
        {
            throw FanOutError.InvalidDestination(topic, problem);
        }

        if (Arn.TryParse(topic, out Arn? arn) && arn.Region != region)
        {
            throw FanOutError.InvalidParameter(
                parameter, topic, $"is a topic in {arn.Region}: CloudWatch lets an alarm tell only topics of its own region, {region}. Make a topic there; what is subscribed to it, such as a queue or a function, may be in another region.");
        }
    }
}
