using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.DesiredState.Plans;

/// <summary>A source that is to be connected.</summary>
/// <param name="SourceArn">The stream or topic.</param>
/// <param name="EventSourceArn">The same, or the stream's consumer.</param>
/// <param name="Stream">How a stream is connected; null: it is a topic.</param>
/// <param name="Topic">How a topic is connected; null: it is a stream.</param>
/// <param name="Suspended">Whether it is to rest; null: one that is there stays as it is.</param>
internal sealed record WantedConnection(string SourceArn, string EventSourceArn, ConnectionSettings? Stream, TopicSettings? Topic, bool? Suspended);
