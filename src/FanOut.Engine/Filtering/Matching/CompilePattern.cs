using System.Text;
using FanOut.Engine.Filtering.Syntax;

namespace FanOut.Engine.Filtering.Matching;

/// <summary>Makes levels of a pattern: what <c>$or</c> and its surroundings ask of the same place is put together, so that one reading will do.</summary>
internal sealed class CompilePattern
{
    private int _slots;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="slots">How many slots it has.</param>
    /// <returns>The level of the event itself, with one outcome.</returns>
    public static Level Of(PatternNode pattern, out int slots)
    {
        var compile = new CompilePattern();
        Level root = compile.MakeLevel([pattern]);
        slots = compile._slots;
        return root;
    }

    private Level MakeLevel(IReadOnlyList<PatternNode> nodes)
    {
        int first = _slots;
        var asked = new List<Asked>();
        Conjunction[] outcomes = [.. nodes.Select(n => Gather(n, asked))];
        int count = _slots - first;
        LevelField[] fields = [.. asked.GroupBy(static a => a.Field.Name, StringComparer.Ordinal).Select(g => MakeField(g.Key, [.. g]))];
        return new Level(fields, first, count, outcomes);
    }

    private Conjunction Gather(PatternNode node, List<Asked> asked)
    {
        var fields = new (int, bool)[node.Fields.Count];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = (_slots, node.Fields[i].HoldsWhenAbsent);
            asked.Add(new Asked(node.Fields[i], _slots++));
        }

        return new Conjunction(fields, [.. node.Alternatives.Select(a => Gather(a, asked))]);
    }

    private LevelField MakeField(string name, IReadOnlyList<Asked> asked)
    {
        ValueSlot[] values = [.. asked.Where(static a => a.Field.Node is null).Select(static a => new ValueSlot(a.Slot, a.Field.Conditions))];
        Asked[] objects = [.. asked.Where(static a => a.Field.Node is not null)];
        Level? child = objects.Length == 0 ? null : MakeLevel([.. objects.Select(static o => o.Field.Node!)]);
        return new LevelField(Encoding.UTF8.GetBytes(name), values, child, Array.ConvertAll(objects, static o => o.Slot));
    }

    /// <summary>A field, and the slot that it got.</summary>
    private sealed class Asked(PatternField asked, int slot)
    {
        public PatternField Field => asked;

        public int Slot => slot;
    }
}
