namespace FanOut.Annotations;

/// <summary>How bad it is what an annotation tells.</summary>
internal enum AnnotationKind
{
    /// <summary>All was done; there is something to know.</summary>
    Warning,

    /// <summary>Something was not done.</summary>
    Error,
}
