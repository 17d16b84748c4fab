namespace FanOut.Engine.Transform;

/// <summary>What a value of a record is that a transform writes.</summary>
internal enum ValueForm
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Text without quotes and escapes.</summary>
    Text,
}
