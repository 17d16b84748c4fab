namespace FanOut.Help.Texts;

/// <summary>A part of a text: a paragraph, a list or a listing.</summary>
internal abstract record Block;

/// <summary>A paragraph.</summary>
/// <param name="Runs">Its words, in order.</param>
internal sealed record Paragraph(IReadOnlyList<Run> Runs) : Block
{
    /// <summary>A paragraph of plain words.</summary>
    public Paragraph(string text)
        : this([new Run(text, IsCode: false)])
    {
    }

    /// <summary>The words alone.</summary>
    public string Text => string.Concat(Runs.Select(static r => r.Text));

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>A list.</summary>
/// <param name="Items">Its items.</param>
/// <param name="IsNumbered">Whether they are numbered.</param>
internal sealed record Itemized(IReadOnlyList<Paragraph> Items, bool IsNumbered) : Block;

/// <summary>Lines that keep their breaks and indentation.</summary>
/// <param name="Code">The lines, joined by line feeds.</param>
internal sealed record Listing(string Code) : Block;

/// <summary>Words of a paragraph.</summary>
/// <param name="Text">The words.</param>
/// <param name="IsCode">Whether they are code: a name, a value, a command.</param>
internal readonly record struct Run(string Text, bool IsCode);
