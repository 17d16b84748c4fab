using System.Globalization;
using System.Text;
using FanOut.Engine.Filtering.Syntax;

namespace FanOut.Engine.Filtering.Matching;

/// <summary>Compiles a pattern to levels: what its alternatives ask of the same object is put together, so that an event is read only once.</summary>
internal sealed class CompilePattern
{
    private int _slots;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="alternatives">The ways in which an event can match.</param>
    /// <param name="slots">How many slots it has.</param>
    /// <returns>The level of the event itself, with an outcome for each alternative.</returns>
    public static Level Of(IReadOnlyList<Alternative> alternatives, out int slots)
    {
        var compile = new CompilePattern();
        Level root = compile.MakeLevel([.. alternatives.Select(static a => a.Fields)], depth: 0);
        slots = compile._slots;
        return root;
    }

    /// <summary>Makes a level.</summary>
    /// <param name="asked">Sets of fields: each is asked of one and the same object at this level.</param>
    /// <param name="depth">How many names lead there.</param>
    private Level MakeLevel(IReadOnlyList<IReadOnlyCollection<PatternField>> asked, int depth)
    {
        int first = _slots;
        var names = new List<NamedField>();
        var byName = new Dictionary<string, NamedField>(StringComparer.Ordinal);
        Conjunction[] outcomes = [.. asked.Select(set => new Conjunction([.. set.GroupBy(f => f.Path[depth], StringComparer.Ordinal).SelectMany(g => SlotsOf(g))]))];
        int count = _slots - first;
        return new Level([.. names.Select(n => n.Make(this))], first, count, outcomes);

        IEnumerable<(int Slot, bool WhenAbsent)> SlotsOf(IGrouping<string, PatternField> fields)
        {
            if (!byName.TryGetValue(fields.Key, out NamedField? named))
            {
                names.Add(byName[fields.Key] = named = new NamedField(fields.Key, depth));
            }

            return named.Ask(fields, ref _slots);
        }
    }

    /// <summary>All that is asked of one name at a level.</summary>
    private sealed class NamedField(string name, int depth)
    {
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
        private readonly List<ValueSlot> _values = [];
        private readonly List<PatternField[]> _objects = [];
        private readonly List<int> _objectSlots = [];

        /// <summary>Gives slots to what an alternative asks: one for the value itself, one for the fields of an object together.</summary>
        public List<(int Slot, bool WhenAbsent)> Ask(IEnumerable<PatternField> fields, ref int slots)
        {
            var asked = new List<(int, bool)>();
            ILookup<bool, PatternField> parts = fields.ToLookup(f => f.Path.Count == depth + 1);
            foreach (PatternField value in parts[true])
            {
                string key = Key([value]);
                if (!_known.TryGetValue(key, out int slot))
                {
                    _known[key] = slot = slots++;
                    _values.Add(new ValueSlot(slot, value.Conditions));
                }

                asked.Add((slot, value.MayBeAbsent));
            }

            PatternField[] deeper = [.. parts[false].OrderBy(static f => f.Number)];
            if (deeper.Length > 0)
            {
                string key = Key(deeper);
                if (!_known.TryGetValue(key, out int slot))
                {
                    _known[key] = slot = slots++;
                    _objects.Add(deeper);
                    _objectSlots.Add(slot);
                }

                asked.Add((slot, Array.TrueForAll(deeper, static f => f.MayBeAbsent)));
            }

            return asked;
        }

        public LevelField Make(CompilePattern compile) =>
            new(Encoding.UTF8.GetBytes(name), [.. _values], _objects.Count == 0 ? null : compile.MakeLevel(_objects, depth + 1), [.. _objectSlots]);

        // The same fields have the same slot, whichever alternative asks for them.
        private static string Key(IEnumerable<PatternField> fields) =>
            string.Join(',', fields.Select(static f => f.Number.ToString(CultureInfo.InvariantCulture)));
    }
}
