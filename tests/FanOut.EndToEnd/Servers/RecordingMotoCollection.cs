namespace FanOut.EndToEnd.Servers;

/// <summary>The tests that read what <see cref="RecordingMoto"/> received.</summary>
[CollectionDefinition(nameof(RecordingMoto))]
public sealed class RecordingMotoCollection : ICollectionFixture<RecordingMoto>;
