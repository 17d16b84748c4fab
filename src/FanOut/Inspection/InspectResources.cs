using FanOut.Deployment.Policies;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Resources;
using FanOut.Sources;

namespace FanOut.Inspection;

/// <summary>Looks at the resources of targets: where records come from, where they go, and where those go that cannot be delivered.</summary>
/// <param name="function">The function's name.</param>
/// <param name="region">Its region.</param>
internal sealed class InspectResources(string function, string region)
{
    // How large an item the function sends unless a mapping says more; each is the type's own safe default.
    private const long MessageBytes = 262_144, StreamRecordBytes = 1_048_576;

    /// <summary>The source.</summary>
    public static Task<ResourceFacts> SourceAsync(Viewer viewer, Mapping mapping, CancellationToken cancellationToken)
    {
        Arn arn = Arn.TryParse(mapping.SourceArn, out Arn? parsed) ? parsed : throw new ArgumentException("A mapping's source has an ARN.", nameof(mapping));
        Viewer there = viewer.In(arn.Region);
        return SourceArn.IsOf(SourceKind.Kinesis, mapping.SourceArn) ? InspectStream.OfAsync(there, "Source", arn, null, Nothing, cancellationToken)
            : SourceArn.IsOf(SourceKind.DynamoDb, mapping.SourceArn) ? InspectTable.OfAsync(there, "Source", mapping.SourceArn, mapping, cancellationToken)
            : InspectTopic.OfAsync(there, "Source", arn, null, Nothing, isTarget: false, cancellationToken);
    }

    /// <summary>The target's destination.</summary>
    /// <param name="viewer">Who looks: the role of the target, if the caller may assume it.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="home">The function's location.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public Task<ResourceFacts> DestinationAsync(Viewer viewer, Mapping mapping, AwsLocation home, CancellationToken cancellationToken)
    {
        const string Check = "Destination";
        AwsLocation location = home.Of(mapping);
        Viewer there = viewer.In(mapping.TargetRegion ?? region);
        Func<string, string> Narrow(string parameter) => value => RepairCommand.Of("Set-FanOutTarget", $"{RepairCommand.Quoted(mapping.Id)} {parameter} {value}", mapping.SourceArn, function, region);
        return mapping.Destination switch
        {
            QueueDestination queue => InspectQueue.OfAsync(there, Check, ArnOf(DestinationGrants.QueueArn(queue, location)), mapping.MaxItemBytes ?? MessageBytes, Narrow("-MaxItemBytes"), cancellationToken),
            TopicDestination topic => InspectTopic.OfAsync(there, Check, topic.Arn, mapping.MaxItemBytes ?? MessageBytes, Narrow("-MaxItemBytes"), isTarget: true, cancellationToken),
            StreamDestination stream => InspectStream.OfAsync(
                there, Check, stream.Arn ?? ArnOf(location.ArnOf("kinesis", $"stream/{stream.Name}")), mapping.MaxItemBytes ?? StreamRecordBytes, Narrow("-MaxItemBytes"), cancellationToken),
            DeliveryStreamDestination delivery => InspectDeliveryStream.OfAsync(there, Check, delivery.Arn ?? ArnOf(location.ArnOf("firehose", $"deliverystream/{delivery.Name}")), cancellationToken),
            FunctionDestination invoked => InspectInvoked.OfAsync(there, Check, DestinationGrants.Of(mapping, home).Last().Resource, invoked, cancellationToken),
            EventBusDestination bus => InspectEventBus.OfAsync(there, Check, bus.Arn, cancellationToken),
            StateMachineDestination machine => InspectStateMachine.OfAsync(there, Check, machine, cancellationToken),
            IndexDestination index => InspectDomain.OfAsync(there, Check, index, location, cancellationToken),
            IotDestination iot => InspectIot.OfAsync(there, Check, iot, Narrow("-Destination"), cancellationToken),
            CacheDestination cache => InspectCache.OfAsync(there, Check, cache, mapping.Type, Narrow("-Destination"), cancellationToken),
            HttpDestination http => InspectEndpoint.OfAsync(viewer, Check, http, mapping.HeadersSecret, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(mapping), mapping.Type, "No such destination."),
        };
    }

    /// <summary>The dead letter, to which the function sends as itself.</summary>
    /// <returns>Null: the mapping has none.</returns>
    public async Task<ResourceFacts?> DeadLetterAsync(Viewer viewer, Mapping mapping, AwsLocation home, CancellationToken cancellationToken)
    {
        const string Check = "DeadLetter";
        if (DeadLetterGrants.Of(mapping, home).FirstOrDefault() is not { } grant)
        {
            return null;
        }

        Viewer there = viewer.In(mapping.DeadLetter!.Region ?? region);
        return mapping.DeadLetter switch
        {
            BucketDestination bucket => await InspectBucket.OfAsync(there, Check, bucket, grant.Resource.Split('/')[0], cancellationToken).ConfigureAwait(false),
            TopicDestination topic => await InspectTopic.OfAsync(there, Check, topic.Arn, null, Nothing, isTarget: true, cancellationToken).ConfigureAwait(false),
            _ => await InspectQueue.OfAsync(there, Check, ArnOf(grant.Resource), null, Nothing, cancellationToken).ConfigureAwait(false),
        };
    }

    private static string Nothing(string value) => value;

    private static Arn ArnOf(string text) => Arn.TryParse(text, out Arn? arn) ? arn : throw new ArgumentException($"'{text}' is no ARN.", nameof(text));
}
