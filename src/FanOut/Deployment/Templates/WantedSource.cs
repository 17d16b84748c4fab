using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Deployment.Templates;

/// <summary>A source that is to be connected.</summary>
/// <param name="EventSourceArn">ARN of the stream, of its consumer, or of the topic.</param>
/// <param name="Stream">How a stream is connected; null: it is a topic.</param>
/// <param name="Topic">How a topic is connected; null: it is a stream.</param>
internal sealed record WantedSource(string EventSourceArn, ConnectionSettings? Stream, TopicSettings? Topic);
