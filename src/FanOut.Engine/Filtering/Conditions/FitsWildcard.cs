namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>{"wildcard": "a*b"}</c>: each star stands for any run of characters, also an empty one.</summary>
/// <param name="parts">What stands before, between and behind the stars, escapes resolved.</param>
internal sealed class FitsWildcard(byte[][] parts) : ValueCondition
{
    public override ScalarKind? Kind => ScalarKind.Text;

    public override bool Holds(in Scalar value)
    {
        ReadOnlySpan<byte> text = value.Text;
        if (value.Kind != ScalarKind.Text || !text.StartsWith(parts[0]))
        {
            return false;
        }

        text = text[parts[0].Length..];
        if (parts.Length == 1)
        {
            return text.IsEmpty;
        }

        // A part that occurs several times may be taken where it comes first: the star after it matches the rest.
        for (int i = 1; i < parts.Length - 1; i++)
        {
            int at = text.IndexOf(parts[i]);
            if (at < 0)
            {
                return false;
            }

            text = text[(at + parts[i].Length)..];
        }

        return text.EndsWith(parts[^1]);
    }
}
