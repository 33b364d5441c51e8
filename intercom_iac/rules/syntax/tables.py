"""The LALR table of the rule language.

Made by `make rule-tables` from intercom_iac/rules/syntax/grammar.lark. `automaton` says what it holds.
"""

# fmt: off
START, END = 0, 19
TERMINALS: tuple[tuple[str, str, str], ...] = (
    ('ON_AMOUNT', 'Oo',
    '(?i:on\\s+(?:at\\s+least|at\\s+most|(?:not?\\s+)?(?:more|less|fewer)\\s+than|(?:not\\s+)?exactly)(?![\\w-])'
    ')'),
    ('LACKS', 'Dd',
    "(?i:(?:do(?:es)?\\s+not|do(?:es)?n['’]t)\\s+)(?:(?i:(?:start|begin|end)\\s+with)|(?i:contain)(?i:(?:(?i"
    ':\\s+(?:the\\s+)?word(?=\\s+(?:[\'"`]|-?\\d+(?!\\d|\\s+times)|(?!(?:and|or|not|is|in|on|at|no|count|first|l'
    'ast|within|during|over|between|before|after|since|until|more|greater|less|fewer|exactly|then|followe'
    'd|once|twice|never|(?:sum|total|average|avg|mean|minimum|min|maximum|max)\\s+of)(?![\\w.-]))[^\\W\\d])))'
    ')?))(?![\\w-])'),
    ('AMOUNT', 'AEFGLMNaefglmn',
    '(?i:(?:(?:more|greater|less|fewer)\\s+than(?:\\s+or\\s+equal(?:\\s+to)?)?|(?:more|greater|less)\\s+or\\s+e'
    'qual(?:\\s+to)?|(?:no|not)\\s+(?:more|greater|less|fewer)\\s+than|at\\s+least|at\\s+most|exactly)(?![\\w-]'
    '))'),
    ('DAY_SIDE', 'ABNOSUabnosu',
    '(?i:(?:on\\s+or\\s+(?:before|after)|(?:before|after)\\s+or\\s+on|since|until|(?:no|not)\\s+(?:later|earli'
    'er)\\s+than)(?=\\s+[^\\s)])(?!\\s+(?:and|or|not)(?![\\w.-])))'),
    ('LACKING', 'DHdh',
    "(?i:(?:ha(?:s|ve)\\s+no\\s+value|(?:do(?:es)?\\s+not|do(?:es)?n['’]t)\\s+(?:exist|have\\s+(?:(?:any|an?)\\"
    's+)?value))(?![\\w-]))'),
    ('LACKS_TAG', 'DIdi',
    "(?i:(?:(?:does\\s+not|doesn['’]t)\\s+have\\s+(?:the\\s+)?tag|(?:is\\s+not|isn['’]t)\\s+tagged\\s+with)(?![\\"
    'w.-]))'),
    ('EQUALS', 'DENden',
    "(?i:(?:equals(?:\\s+to)?|equal\\s+to|(?:not|does\\s+not|doesn['’]t)\\s+equals?(?:\\s+to)?)(?![\\w-]))"),
    ('HAS_TAG', 'HIThit',
    '(?i:(?:has\\s+(?:the\\s+)?tag|(?:is\\s+)?tagged\\s+with)(?![\\w.-]))'),
    ('OUTSIDE_SEGMENT', 'Ii',
    "(?i:(?:is\\s+not|isn['’]t)\\s+in\\s+(?:the\\s+)?segment(?![\\w.-]))"),
    ('IN_SEGMENT', 'Ii',
    '(?i:(?:is\\s+)?in\\s+(?:the\\s+)?segment(?![\\w.-]))'),
    ('ANY_OF', 'AEOaeo',
    '(?i:(?:any|one|either)\\s+of(?=\\s*\\())'),
    ('NONE_OF', 'Nn',
    '(?i:none\\s+of(?=\\s*\\())'),
    ('FROM_SIDE', 'ABOabo',
    '(?i:(?:of|before|after)(?![\\w-]|\\s+[\\d\'"]))'),
    ('ISNT', 'Ii',
    "(?i:isn['’]t(?![\\w-]))"),
    ('CONTAINS', 'BCESbces',
    '(?:(?i:(?:starts?|begins?|ends?)\\s+with)|(?i:contains?)(?i:(?:(?i:\\s+(?:the\\s+)?word(?=\\s+(?:[\'"`]|-'
    '?\\d+(?!\\d|\\s+times)|(?!(?:and|or|not|is|in|on|at|no|count|first|last|within|during|over|between|befo'
    're|after|since|until|more|greater|less|fewer|exactly|then|followed|once|twice|never|(?:sum|total|ave'
    'rage|avg|mean|minimum|min|maximum|max)\\s+of)(?![\\w.-]))[^\\W\\d]))))?))(?![\\w-])'),
    ('AGGREGATE', 'AMSTamst',
    '(?i:(?:sum|total|average|avg|mean|minimum|min|maximum|max)\\s+of(?![\\w-]))'),
    ('DAYS', 'DSds',
    '(?i:(?:(?:different|distinct|separate)\\s+)?days?(?![\\w-]))'),
    ('WHICH', 'FLfl',
    '(?i:(?:first|last)(?:\\s+(?:occurred|happened))?(?![\\w-]))'),
    ('KNOWN', 'Hh',
    '(?i:ha(?:s|ve)\\s+(?:(?:any|an?|some)\\s+)?value(?![\\w-]))'),
    ('DIRECTION', 'CLNPTclnpt',
    '(?i:(?:the\\s+)?(?:next|last|past|coming)(?![\\w-]))'),
    ('OF_COMPANY', 'Cc',
    '(?i:company\\.`[^`]*(?:``[^`]*)*`(?!`))'),
    ('THEN', 'FTft',
    '(?i:(?:then|followed\\s+by)(?![\\w-]))'),
    ('HENCE', 'AFaf',
    '(?i:(?:ago|from\\s+now)(?![\\w-]))'),
    ('COMPANY_DOT', 'Cc',
    '(?i:company\\.)'),
    ('BETWEEN', 'Bb',
    '(?i:between(?=\\s+[^\\s)])(?!\\s+(?:and|or)(?![\\w.-])))'),
    ('COMPANY', 'Cc',
    '(?i:company(?![\\w.-]))'),
    ('SEGMENT', 'Ss',
    '(?i:segment(?![\\w.-]))'),
    ('UNKNOWN', 'Uu',
    '(?i:unknown(?![\\w-]))'),
    ('SIDE', 'ABOabo',
    '(?i:(?:before|after|on)(?![\\w-]))'),
    ('DURING', 'DOdo',
    '(?i:(?:during|over)(?![\\w-]))'),
    ('EXISTS', 'Ee',
    '(?i:exists?(?![\\w-]))'),
    ('WITHIN', 'Ww',
    '(?i:within(?![\\w-]))'),
    ('UNIT', 'DWdw',
    '(?i:(?:days?|weeks?)(?![\\w-]))'),
    ('ONCE', 'OTot',
    '(?i:(?:once|twice)(?![\\w-]))'),
    ('EVENT', 'Ee',
    '(?i:event(?![\\w.-]))'),
    ('TIMES', 'Tt',
    '(?i:times?(?![\\w-]))'),
    ('COUNT', 'Cc',
    '(?i:count(?![\\w-]))'),
    ('NEVER', 'Nn',
    '(?i:never(?![\\w-]))'),
    ('WHERE', 'Ww',
    '(?i:where(?![\\w-]))'),
    ('NOT', '!Nn',
    '(?i:not(?![\\w.-])|!(?!=))'),
    ('_AND', '&Aa',
    '(?i:and(?![\\w.-])|&&)'),
    ('TAG', 'Tt',
    '(?i:tag(?![\\w.-]))'),
    ('SIGN', '!<=>',
    '(?:!=|<=|>=|<>|==|=|<|>)'),
    ('VERB', '!<=Ii',
    '(?i:is(?![\\w-])|!=|<>|==?)'),
    ('_OR', 'Oo|',
    '(?i:or(?![\\w.-])|\\|\\|)'),
    ('EQUALITY', '!<=',
    '(?:!=|<>|==|=)'),
    ('IN', 'Ii',
    '(?i:in(?![\\w-]))'),
    ('IS', 'Ii',
    '(?i:is(?![\\w-]))'),
    ('DATE', '0123456789',
    '\\d{4,}-\\d{1,2}-\\d{1,2}(?!\\w)'),
    ('NUMBER', '-0123456789',
    '-?\\d+(?:\\.\\d+)?(?![\\d-])'),
    ('NAME', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
    '(?i:(?!(?:and|or|not)(?![\\w.-]))[^\\W\\d](?:[^\\s!-\\/:-@\\[-^`{-~\x7f“”‘’«»≠≤≥]|[.-]+(?=[^\\s!-\\/:-@\\[-^`{-~'
    '\x7f“”‘’«»≠≤≥]))*)'),
    ('QUOTED', '"\'',
    '\'[^\']*(?:\'\'[^\']*)*\'(?!\')|"[^"]*(?:""[^"]*)*"(?!")'),
    ('BACKTICKED', '`',
    '`[^`]*(?:``[^`]*)*`(?!`)'),
    ('COMMENT', '#',
    '#[^\n]*'),
    ('SPACE', '\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f ',
    '\\s+'),
    ('LPAR', '(',
    '\\('),
    ('RPAR', ')',
    '\\)'),
    ('_COMMA', ',',
    ','),
)
IGNORED = frozenset(['COMMENT', 'SPACE'])
FORMS: tuple[tuple[str, int, str, bool, tuple[int, ...] | None], ...] = (
    ('start', 1, 'start', False, None),
    ('any', 2, 'any', True, (0, -2)),
    ('any', 1, 'any', True, None),
    ('all', 2, 'all', True, (0, -2)),
    ('all', 1, 'all', True, None),
    ('unary', 2, 'negation', False, None),
    ('unary', 1, 'unary', True, None),
    ('atom', 3, 'enclosed', False, None),
    ('atom', 1, 'atom', True, None),
    ('atom', 4, 'company', False, None),
    ('atom', 3, 'tag', False, None),
    ('atom', 2, 'tag', False, None),
    ('atom', 5, 'tag', False, None),
    ('atom', 4, 'tag', False, None),
    ('atom', 4, 'tag', False, None),
    ('atom', 4, 'tag', False, None),
    ('atom', 4, 'tag', False, None),
    ('atom', 3, 'tag', False, None),
    ('atom', 3, 'tag', False, None),
    ('atom', 3, 'tag', False, None),
    ('atom', 3, 'tag', False, None),
    ('atom', 3, 'tag', False, None),
    ('atom', 2, 'tag', False, None),
    ('atom', 2, 'tag', False, None),
    ('atom', 2, 'segment', False, None),
    ('atom', 4, 'segment', False, None),
    ('atom', 3, 'segment', False, None),
    ('atom', 3, 'segment', False, None),
    ('atom', 3, 'segment', False, None),
    ('atom', 2, 'segment', False, None),
    ('atom', 2, 'segment', False, None),
    ('atom', 4, 'event', False, (0, 1, 2, -4)),
    ('atom', 3, 'event', False, None),
    ('atom', 3, 'event', False, (0, 1, -3)),
    ('atom', 2, 'event', False, None),
    ('atom', 5, 'event', False, None),
    ('atom', 4, 'event', False, None),
    ('atom', 10, 'sequence', False, None),
    ('atom', 7, 'sequence', False, None),
    ('atom', 9, 'sequence', False, None),
    ('atom', 6, 'sequence', False, None),
    ('atom', 9, 'sequence', False, None),
    ('atom', 6, 'sequence', False, None),
    ('atom', 8, 'sequence', False, None),
    ('atom', 5, 'sequence', False, None),
    ('atom', 5, 'with_verb', False, (0, 1, 2, 3, -5)),
    ('atom', 4, 'with_verb', False, None),
    ('atom', 4, 'with_verb', False, (0, 1, 2, -4)),
    ('atom', 3, 'with_verb', False, None),
    ('atom', 6, 'with_verb', False, None),
    ('atom', 5, 'with_verb', False, None),
    ('atom', 1, 'broken', False, None),
    ('test', 2, 'test', False, None),
    ('test', 1, 'test', False, None),
    ('test', 7, 'not_within', False, None),
    ('test', 6, 'not_within', False, None),
    ('test', 7, 'not_within', False, None),
    ('test', 7, 'not_within', False, None),
    ('test', 6, 'not_within', False, None),
    ('test', 5, 'not_within', False, None),
    ('test', 6, 'not_within', False, None),
    ('test', 6, 'not_within', False, None),
    ('test', 6, 'not_within', False, None),
    ('test', 5, 'not_within', False, None),
    ('test', 6, 'not_within', False, None),
    ('test', 6, 'not_within', False, None),
    ('field', 2, 'field', False, None),
    ('field', 2, 'field', False, None),
    ('field', 1, 'field', False, None),
    ('field', 1, 'field', False, None),
    ('clause', 2, 'compares', False, None),
    ('clause', 2, 'compares', False, None),
    ('clause', 3, 'compares', False, None),
    ('clause', 3, 'compares', False, None),
    ('clause', 3, 'compares', False, None),
    ('clause', 2, 'compares', False, None),
    ('clause', 2, 'compares', False, None),
    ('clause', 2, 'compares', False, None),
    ('clause', 3, 'differs', False, None),
    ('clause', 2, 'differs', False, None),
    ('clause', 3, 'compares', False, None),
    ('clause', 2, 'compares', False, None),
    ('clause', 5, 'apart', False, None),
    ('clause', 5, 'apart', False, None),
    ('clause', 6, 'apart', False, None),
    ('clause', 6, 'apart', False, None),
    ('clause', 5, 'apart', False, None),
    ('clause', 5, 'apart', False, None),
    ('clause', 6, 'not_apart', False, None),
    ('clause', 5, 'not_apart', False, None),
    ('clause', 6, 'apart', False, None),
    ('clause', 5, 'apart', False, None),
    ('clause', 3, 'matches', False, None),
    ('clause', 2, 'matches', False, None),
    ('clause', 2, 'matches', False, None),
    ('clause', 4, 'among', False, (0, 1, 2, -4)),
    ('clause', 4, 'among', False, (0, 1, 2, -4)),
    ('clause', 3, 'among', False, (0, 1, -3)),
    ('clause', 3, 'among', False, (0, 1, -3)),
    ('clause', 3, 'among', False, (0, 1, -3)),
    ('clause', 3, 'among', False, (0, 1, -3)),
    ('clause', 2, 'among', False, (0, -2)),
    ('clause', 2, 'among', False, (0, -2)),
    ('clause', 3, 'among', False, (0, 1, -3)),
    ('clause', 3, 'among', False, (0, 1, -3)),
    ('clause', 3, 'not_among', False, (0, 1, -3)),
    ('clause', 2, 'not_among', False, (0, -2)),
    ('clause', 6, 'between', False, (0, 1, 2, 3, 5)),
    ('clause', 5, 'between', False, (0, 1, 2, 4)),
    ('clause', 5, 'between', False, (0, 1, 2, 4)),
    ('clause', 4, 'between', False, (0, 1, 3)),
    ('clause', 5, 'between', False, (0, 1, 2, 4)),
    ('clause', 9, 'between_days', False, (0, 1, 2, 3, 4, 6, 7, 8)),
    ('clause', 8, 'between_days', False, (0, 1, 2, 3, 5, 6, 7)),
    ('clause', 8, 'between_days', False, (0, 1, 2, 3, 5, 6, 7)),
    ('clause', 7, 'between_days', False, (0, 1, 2, 4, 5, 6)),
    ('clause', 8, 'between_days', False, (0, 1, 2, 3, 5, 6, 7)),
    ('clause', 5, 'within', False, None),
    ('clause', 4, 'within', False, None),
    ('clause', 5, 'within', False, None),
    ('clause', 5, 'within', False, None),
    ('clause', 4, 'within', False, None),
    ('clause', 3, 'within', False, None),
    ('clause', 4, 'within', False, None),
    ('clause', 4, 'within', False, None),
    ('clause', 2, 'unknown', False, None),
    ('clause', 3, 'known', False, None),
    ('clause', 2, 'known', False, None),
    ('clause', 1, 'known', False, None),
    ('clause', 2, 'exists', False, None),
    ('clause', 1, 'exists', False, None),
    ('clause', 1, 'unknown', False, None),
    ('operand', 1, 'operand', True, None),
    ('operand', 3, 'moment', False, None),
    ('operand', 1, 'literal', False, None),
    ('operand', 1, 'literal', False, None),
    ('day', 1, 'literal', False, None),
    ('day', 1, 'literal', False, None),
    ('day', 1, 'literal', False, None),
    ('day', 1, 'literal', False, None),
    ('_list', 4, '_list', False, (0, 1, -3, 3)),
    ('_list', 3, '_list', False, None),
    ('literal', 1, 'literal', False, None),
    ('literal', 1, 'literal', False, None),
    ('literal', 1, 'literal', False, None),
    ('literal', 1, 'literal', False, None),
    ('where', 2, 'where', False, None),
    ('where_rule', 1, 'where_rule', True, None),
    ('where_rule', 3, 'enclosed', False, None),
    ('where_rule', 2, 'negation', False, None),
    ('where_rule', 1, 'broken', False, None),
    ('_occurrences', 2, '_occurrences', False, (-1, 1)),
    ('_occurrences', 1, '_occurrences', False, (-1,)),
    ('_occurrences', 2, '_occurrences', False, (0, -2)),
    ('_occurrences', 1, '_occurrences', False, None),
    ('_number', 1, '_number', False, None),
    ('_number', 1, '_number', False, None),
    ('_number', 1, '_number', False, None),
    ('_number', 1, '_number', False, None),
    ('count', 3, 'count', False, (0, -2, 2)),
    ('count', 5, 'count', False, (0, 1, 2, 4)),
    ('total', 4, 'total', False, (0, 1, -3, 3)),
    ('total', 6, 'total', False, (0, 1, 2, 3, 5)),
    ('times', 3, 'times', False, None),
    ('times', 3, 'times', False, None),
    ('times', 2, 'times', False, None),
    ('times', 2, 'times', False, None),
    ('times', 1, 'times', False, None),
    ('times', 1, 'times', False, None),
    ('day_count', 3, 'day_count', False, None),
    ('_comparison', 1, '_comparison', False, None),
    ('_comparison', 1, '_comparison', False, None),
    ('_comparison', 2, '_comparison', False, None),
    ('_comparison', 1, '_comparison', False, None),
    ('_comparison', 2, '_comparison', False, None),
    ('_comparison', 2, '_comparison', False, None),
    ('_comparison', 2, '_comparison', False, None),
    ('_comparison', 1, '_comparison', False, None),
    ('_comparison', 1, '_comparison', False, None),
    ('_comparison', 1, '_comparison', False, None),
    ('label', 1, 'label', False, None),
    ('label', 1, 'label', False, None),
    ('label', 1, 'label', False, None),
    ('verb', 2, 'verb', False, None),
    ('verb', 1, 'verb', False, None),
    ('__any_star_0', 2, '__any_star_0', False, (1,)),
    ('__any_star_0', 3, '__any_star_0', False, (-1, 2)),
    ('__all_star_1', 2, '__all_star_1', False, (1,)),
    ('__all_star_1', 3, '__all_star_1', False, (-1, 2)),
    ('___list_star_2', 2, '___list_star_2', False, (1,)),
    ('___list_star_2', 3, '___list_star_2', False, (-1, 2)),
)
STATES: tuple[str, ...] = (
    's1:BACKTICKED s10:NAME s11:NOT s12:OUTSIDE_SEGMENT s13:SEGMENT s14:TAG s15:all s16:any s17:atom s18:'
    'field s19:start s2:BROKEN s20:test s21:unary s3:COMPANY s4:COMPANY_DOT s5:EVENT s6:HAS_TAG s7:IN_SEG'
    'MENT s8:LACKS_TAG s9:LPAR',
    'r69:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r51:$END,RPAR,_AND,_OR',
    's22:HAS_TAG s23:LACKS_TAG s24:LPAR s25:TAG',
    's26:BACKTICKED s27:NAME',
    's28:BACKTICKED s29:NAME s30:QUOTED s31:VERB s32:label s33:verb',
    's28:BACKTICKED s29:NAME s30:QUOTED s34:label',
    's28:BACKTICKED s29:NAME s30:QUOTED s35:label',
    's28:BACKTICKED s29:NAME s30:QUOTED s36:label',
    's1:BACKTICKED s10:NAME s11:NOT s12:OUTSIDE_SEGMENT s13:SEGMENT s14:TAG s15:all s17:atom s18:field s2'
    ':BROKEN s20:test s21:unary s3:COMPANY s37:any s4:COMPANY_DOT s5:EVENT s6:HAS_TAG s7:IN_SEGMENT s8:LA'
    'CKS_TAG s9:LPAR',
    'r68:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's1:BACKTICKED s10:NAME s11:NOT s12:OUTSIDE_SEGMENT s13:SEGMENT s14:TAG s17:atom s18:field s2:BROKEN '
    's20:test s3:COMPANY s38:unary s4:COMPANY_DOT s5:EVENT s6:HAS_TAG s7:IN_SEGMENT s8:LACKS_TAG s9:LPAR',
    's28:BACKTICKED s29:NAME s30:QUOTED s39:label',
    's28:BACKTICKED s29:NAME s30:QUOTED s40:EQUALITY s41:IS s42:ISNT s43:label',
    's28:BACKTICKED s29:NAME s30:QUOTED s44:EQUALITY s45:IS s46:ISNT s47:label',
    'r2:$END,RPAR s48:_OR s49:__any_star_0',
    'r0:$END',
    'r6:$END,RPAR,_AND,_OR',
    'r53:$END,AGGREGATE,COUNT,NEVER,NUMBER,ONCE,ON_AMOUNT,RPAR,THEN,WHICH,_AND,_OR s50:AMOUNT s51:ANY_OF '
    's52:BETWEEN s53:CONTAINS s54:DAY_SIDE s55:DURING s56:EQUALS s57:EXISTS s58:IN s59:IS s60:ISNT s61:KN'
    'OWN s62:LACKING s63:LACKS s64:NONE_OF s65:NOT s66:SIDE s67:SIGN s68:WITHIN s69:clause',
    '',
    'r8:$END,RPAR,_AND,_OR',
    'r4:$END,RPAR,_OR s70:_AND s71:__all_star_1',
    's28:BACKTICKED s29:NAME s30:QUOTED s72:label',
    's28:BACKTICKED s29:NAME s30:QUOTED s73:label',
    's1:BACKTICKED s10:NAME s11:NOT s12:OUTSIDE_SEGMENT s13:SEGMENT s14:TAG s15:all s17:atom s18:field s2'
    ':BROKEN s20:test s21:unary s3:COMPANY s4:COMPANY_DOT s5:EVENT s6:HAS_TAG s7:IN_SEGMENT s74:any s8:LA'
    'CKS_TAG s9:LPAR',
    's28:BACKTICKED s29:NAME s30:QUOTED s75:EQUALITY s76:IS s77:ISNT s78:label',
    'r67:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r66:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r182:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHERE,WHICH,WITHIN,_AN'
    'D,_OR',
    'r180:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHERE,WHICH,WITHIN,_AN'
    'D,_OR',
    'r181:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHERE,WHICH,WITHIN,_AN'
    'D,_OR',
    'r184:BACKTICKED,NAME,QUOTED s79:NOT',
    'r34:$END,RPAR,_AND,_OR s100:total s101:where s51:ANY_OF s52:BETWEEN s53:CONTAINS s54:DAY_SIDE s55:DU'
    'RING s56:EQUALS s57:EXISTS s58:IN s61:KNOWN s62:LACKING s63:LACKS s64:NONE_OF s66:SIDE s68:WITHIN s8'
    '0:AGGREGATE s81:AMOUNT s82:COUNT s83:IS s84:ISNT s85:NEVER s86:NOT s87:NUMBER s88:ONCE s89:ON_AMOUNT'
    ' s90:SIGN s91:THEN s92:WHERE s93:WHICH s94:_number s95:_occurrences s96:clause s97:count s98:day_cou'
    'nt s99:times',
    's102:label s28:BACKTICKED s29:NAME s30:QUOTED',
    'r22:$END,RPAR,_AND,_OR',
    'r29:$END,RPAR,_AND,_OR',
    'r23:$END,RPAR,_AND,_OR',
    's103:RPAR',
    'r5:$END,RPAR,_AND,_OR',
    'r30:$END,RPAR,_AND,_OR',
    's104:label s28:BACKTICKED s29:NAME s30:QUOTED',
    's105:NOT s106:label s28:BACKTICKED s29:NAME s30:QUOTED',
    's107:label s28:BACKTICKED s29:NAME s30:QUOTED',
    'r24:$END,RPAR,_AND,_OR',
    's108:label s28:BACKTICKED s29:NAME s30:QUOTED',
    's109:NOT s110:label s28:BACKTICKED s29:NAME s30:QUOTED',
    's111:label s28:BACKTICKED s29:NAME s30:QUOTED',
    'r11:$END,RPAR,_AND,_OR',
    's1:BACKTICKED s10:NAME s11:NOT s112:all s12:OUTSIDE_SEGMENT s13:SEGMENT s14:TAG s17:atom s18:field s'
    '2:BROKEN s20:test s21:unary s3:COMPANY s4:COMPANY_DOT s5:EVENT s6:HAS_TAG s7:IN_SEGMENT s8:LACKS_TAG'
    ' s9:LPAR',
    'r1:$END,RPAR s113:_OR',
    's114:BACKTICKED s115:DATE s116:NAME s117:NUMBER s118:OF_COMPANY s119:QUOTED s120:literal s121:operan'
    'd',
    's122:LPAR s123:_list',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s124:NUMBER s125:operan'
    'd',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s126:NUMBER s127:operan'
    'd',
    's128:BACKTICKED s129:DATE s130:NAME s131:OF_COMPANY s132:day',
    's133:DIRECTION',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s134:NUMBER s135:operan'
    'd',
    'r130:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's122:LPAR s136:DIRECTION s137:_list',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s138:AMOUNT s139:ANY_OF'
    ' s140:BETWEEN s141:DAY_SIDE s142:DURING s143:EQUALS s144:IN s145:NONE_OF s146:NOT s147:NUMBER s148:S'
    'IDE s149:UNKNOWN s150:WITHIN s151:operand',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s152:ANY_OF s153:BETWEE'
    'N s154:DURING s155:IN s156:NUMBER s157:UNKNOWN s158:WITHIN s159:operand',
    'r128:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r131:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s126:NUMBER s160:operan'
    'd',
    's122:LPAR s161:_list',
    's162:ANY_OF s163:BETWEEN s164:CONTAINS s165:DURING s166:EXISTS s167:IN s168:WITHIN',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s126:NUMBER s169:operan'
    'd',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s170:NUMBER s171:operan'
    'd',
    's172:DIRECTION s173:NUMBER',
    'r52:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's1:BACKTICKED s10:NAME s11:NOT s12:OUTSIDE_SEGMENT s13:SEGMENT s14:TAG s17:atom s174:unary s18:field'
    ' s2:BROKEN s20:test s3:COMPANY s4:COMPANY_DOT s5:EVENT s6:HAS_TAG s7:IN_SEGMENT s8:LACKS_TAG s9:LPAR',
    'r3:$END,RPAR,_OR s175:_AND',
    'r20:$END,RPAR,_AND,_OR',
    'r21:$END,RPAR,_AND,_OR',
    's176:RPAR',
    's177:label s28:BACKTICKED s29:NAME s30:QUOTED',
    's178:NOT s179:label s28:BACKTICKED s29:NAME s30:QUOTED',
    's180:label s28:BACKTICKED s29:NAME s30:QUOTED',
    'r10:$END,RPAR,_AND,_OR',
    'r183:BACKTICKED,NAME,QUOTED',
    's181:label s28:BACKTICKED s29:NAME s30:QUOTED',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s121:operand s182:NUMBE'
    'R s183:ONCE',
    's184:AMOUNT s185:BETWEEN s186:EQUALS s187:IS s188:ISNT s189:SIDE s190:SIGN s191:_comparison',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s138:AMOUNT s139:ANY_OF'
    ' s140:BETWEEN s141:DAY_SIDE s142:DURING s143:EQUALS s144:IN s145:NONE_OF s147:NUMBER s148:SIDE s149:'
    'UNKNOWN s150:WITHIN s151:operand s192:NOT',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s152:ANY_OF s153:BETWEE'
    'N s156:NUMBER s157:UNKNOWN s159:operand s193:IN',
    'r168:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    's162:ANY_OF s163:BETWEEN s164:CONTAINS s166:EXISTS s194:IN',
    's195:TIMES',
    'r167:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    's196:NUMBER',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s171:operand s197:NUMBE'
    'R',
    's198:EVENT',
    's1:BACKTICKED s10:NAME s18:field s199:BROKEN s200:LPAR s201:NOT s202:test s203:where_rule s4:COMPANY'
    '_DOT',
    's204:clause s50:AMOUNT s51:ANY_OF s52:BETWEEN s53:CONTAINS s54:DAY_SIDE s55:DURING s56:EQUALS s57:EX'
    'ISTS s58:IN s61:KNOWN s62:LACKING s63:LACKS s64:NONE_OF s66:SIDE s67:SIGN s68:WITHIN s83:IS s84:ISNT'
    ' s86:NOT',
    'r152:$END,RPAR,_AND,_OR s205:clause s50:AMOUNT s51:ANY_OF s52:BETWEEN s53:CONTAINS s54:DAY_SIDE s55:'
    'DURING s56:EQUALS s57:EXISTS s58:IN s61:KNOWN s62:LACKING s63:LACKS s64:NONE_OF s66:SIDE s67:SIGN s6'
    '8:WITHIN s83:IS s84:ISNT s86:NOT',
    'r33:$END,RPAR,_AND,_OR',
    'r154:$END,RPAR,_AND,_OR s100:total s206:AMOUNT s207:SIGN s208:_number s80:AGGREGATE s82:COUNT s85:NE'
    'VER s87:NUMBER s88:ONCE s89:ON_AMOUNT s97:count s98:day_count s99:times',
    'r155:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    'r158:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    'r157:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    'r156:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    'r32:$END,RPAR,_AND,_OR s100:total s209:THEN s210:WHICH s211:_occurrences s51:ANY_OF s52:BETWEEN s53:'
    'CONTAINS s54:DAY_SIDE s55:DURING s56:EQUALS s57:EXISTS s58:IN s61:KNOWN s62:LACKING s63:LACKS s64:NO'
    'NE_OF s66:SIDE s68:WITHIN s80:AGGREGATE s81:AMOUNT s82:COUNT s83:IS s84:ISNT s85:NEVER s86:NOT s87:N'
    'UMBER s88:ONCE s89:ON_AMOUNT s90:SIGN s94:_number s96:clause s97:count s98:day_count s99:times',
    'r48:$END,RPAR,_AND,_OR s100:total s212:WHICH s213:_occurrences s214:where s51:ANY_OF s52:BETWEEN s53'
    ':CONTAINS s54:DAY_SIDE s55:DURING s56:EQUALS s57:EXISTS s58:IN s61:KNOWN s62:LACKING s63:LACKS s64:N'
    'ONE_OF s66:SIDE s68:WITHIN s80:AGGREGATE s81:AMOUNT s82:COUNT s83:IS s84:ISNT s85:NEVER s86:NOT s87:'
    'NUMBER s88:ONCE s89:ON_AMOUNT s90:SIGN s92:WHERE s94:_number s96:clause s97:count s98:day_count s99:'
    'times',
    'r7:$END,RPAR,_AND,_OR',
    'r28:$END,RPAR,_AND,_OR',
    's215:label s28:BACKTICKED s29:NAME s30:QUOTED',
    'r26:$END,RPAR,_AND,_OR',
    'r27:$END,RPAR,_AND,_OR',
    'r19:$END,RPAR,_AND,_OR',
    's216:label s28:BACKTICKED s29:NAME s30:QUOTED',
    'r17:$END,RPAR,_AND,_OR',
    'r18:$END,RPAR,_AND,_OR',
    'r185:$END,RPAR,_OR',
    's1:BACKTICKED s10:NAME s11:NOT s12:OUTSIDE_SEGMENT s13:SEGMENT s14:TAG s17:atom s18:field s2:BROKEN '
    's20:test s21:unary s217:all s3:COMPANY s4:COMPANY_DOT s5:EVENT s6:HAS_TAG s7:IN_SEGMENT s8:LACKS_TAG'
    ' s9:LPAR',
    'r134:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r145:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_COM'
    'MA,_OR',
    'r142:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_COM'
    'MA,_OR',
    'r144:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR '
    's218:UNIT',
    'r135:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r143:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_COM'
    'MA,_OR',
    'r132:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r75:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's115:DATE s116:NAME s119:QUOTED s219:NUMBER s220:literal',
    'r102:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r144:_AND s221:UNIT',
    's222:_AND',
    'r144:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR '
    's223:UNIT',
    'r93:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r138:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r137:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r136:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r139:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r81:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's224:NUMBER',
    'r144:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR '
    's225:UNIT',
    'r76:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's226:NUMBER',
    'r101:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s227:NUMBER s228:operan'
    'd',
    's122:LPAR s229:_list',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s230:NUMBER s231:operan'
    'd',
    's128:BACKTICKED s129:DATE s130:NAME s131:OF_COMPANY s232:day',
    's233:DIRECTION',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s234:NUMBER s235:operan'
    'd',
    's122:LPAR s236:DIRECTION s237:_list',
    's122:LPAR s238:_list',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s239:ANY_OF s240:BETWEE'
    'N s241:DURING s242:IN s243:NUMBER s244:UNKNOWN s245:WITHIN s246:operand',
    'r144:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR '
    's247:UNIT',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s126:NUMBER s248:operan'
    'd',
    'r125:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's249:DIRECTION s250:NUMBER',
    'r71:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's122:LPAR s251:_list',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s252:NUMBER s253:operan'
    'd',
    's254:DIRECTION',
    's122:LPAR s255:DIRECTION s256:_list',
    'r144:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR '
    's257:UNIT',
    'r127:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's258:DIRECTION s259:NUMBER',
    'r79:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r94:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r106:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's122:LPAR s260:_list',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s261:NUMBER s262:operan'
    'd',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s126:NUMBER s263:operan'
    'd',
    's264:DIRECTION',
    'r129:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's122:LPAR s265:DIRECTION s266:_list',
    's267:DIRECTION s268:NUMBER',
    'r77:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r144:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR '
    's269:UNIT',
    'r70:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's270:NUMBER',
    's271:UNIT',
    'r187:$END,RPAR,_AND,_OR',
    's1:BACKTICKED s10:NAME s11:NOT s12:OUTSIDE_SEGMENT s13:SEGMENT s14:TAG s17:atom s18:field s2:BROKEN '
    's20:test s272:unary s3:COMPANY s4:COMPANY_DOT s5:EVENT s6:HAS_TAG s7:IN_SEGMENT s8:LACKS_TAG s9:LPAR',
    'r9:$END,RPAR,_AND,_OR',
    'r15:$END,RPAR,_AND,_OR',
    's273:label s28:BACKTICKED s29:NAME s30:QUOTED',
    'r13:$END,RPAR,_AND,_OR',
    'r14:$END,RPAR,_AND,_OR',
    's184:AMOUNT s186:EQUALS s187:IS s188:ISNT s189:SIDE s190:SIGN s274:BETWEEN s275:_comparison',
    'r144:$END,AGGREGATE,AMOUNT,COUNT,NEVER,NUMBER,ONCE,ON_AMOUNT,RPAR,SIGN,_AND,_OR s218:UNIT s276:TIMES',
    'r166:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    'r177:NUMBER',
    's277:NUMBER',
    'r178:NUMBER',
    'r171:NUMBER s278:AMOUNT s279:EQUALS s280:NOT s281:SIDE',
    'r173:NUMBER',
    'r179:NUMBER',
    'r170:NUMBER',
    's282:NUMBER',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s239:ANY_OF s240:BETWEE'
    'N s243:NUMBER s244:UNKNOWN s246:operand s283:IN',
    's122:LPAR s256:_list',
    's122:LPAR s266:_list',
    'r165:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    's284:DAYS',
    'r144:$END,AGGREGATE,AMOUNT,COUNT,NEVER,NUMBER,ONCE,ON_AMOUNT,RPAR,SIGN,_AND,_OR s269:UNIT s285:TIMES',
    's28:BACKTICKED s286:label s29:NAME s30:QUOTED',
    'r150:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's1:BACKTICKED s10:NAME s11:NOT s12:OUTSIDE_SEGMENT s13:SEGMENT s14:TAG s15:all s17:atom s18:field s2'
    ':BROKEN s20:test s21:unary s287:any s3:COMPANY s4:COMPANY_DOT s5:EVENT s6:HAS_TAG s7:IN_SEGMENT s8:L'
    'ACKS_TAG s9:LPAR',
    's1:BACKTICKED s10:NAME s18:field s199:BROKEN s200:LPAR s201:NOT s202:test s288:where_rule s4:COMPANY'
    '_DOT',
    'r147:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r146:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r36:$END,RPAR,_AND,_OR',
    'r151:$END,RPAR,_AND,_OR',
    's183:ONCE s289:NUMBER',
    's290:NUMBER',
    'r153:$END,RPAR,_AND,_OR',
    's291:EVENT',
    's292:clause s50:AMOUNT s51:ANY_OF s52:BETWEEN s53:CONTAINS s54:DAY_SIDE s55:DURING s56:EQUALS s57:EX'
    'ISTS s58:IN s61:KNOWN s62:LACKING s63:LACKS s64:NONE_OF s66:SIDE s67:SIGN s68:WITHIN s83:IS s84:ISNT'
    ' s86:NOT',
    'r31:$END,RPAR,_AND,_OR',
    's293:clause s50:AMOUNT s51:ANY_OF s52:BETWEEN s53:CONTAINS s54:DAY_SIDE s55:DURING s56:EQUALS s57:EX'
    'ISTS s58:IN s61:KNOWN s62:LACKING s63:LACKS s64:NONE_OF s66:SIDE s67:SIGN s68:WITHIN s83:IS s84:ISNT'
    ' s86:NOT',
    'r47:$END,RPAR,_AND,_OR',
    'r46:$END,RPAR,_AND,_OR s100:total s294:WHICH s295:_occurrences s51:ANY_OF s52:BETWEEN s53:CONTAINS s'
    '54:DAY_SIDE s55:DURING s56:EQUALS s57:EXISTS s58:IN s61:KNOWN s62:LACKING s63:LACKS s64:NONE_OF s66:'
    'SIDE s68:WITHIN s80:AGGREGATE s81:AMOUNT s82:COUNT s83:IS s84:ISNT s85:NEVER s86:NOT s87:NUMBER s88:'
    'ONCE s89:ON_AMOUNT s90:SIGN s94:_number s96:clause s97:count s98:day_count s99:times',
    'r25:$END,RPAR,_AND,_OR',
    'r16:$END,RPAR,_AND,_OR',
    'r186:$END,RPAR,_OR',
    's296:FROM_SIDE s297:HENCE',
    'r144:RPAR,_COMMA',
    's298:RPAR s299:_COMMA s300:___list_star_2',
    's297:HENCE s301:_AND',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s126:NUMBER s302:operan'
    'd',
    's297:HENCE',
    's303:UNIT',
    's297:HENCE s304:FROM_SIDE',
    's305:UNIT',
    'r144:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR '
    's306:UNIT',
    'r72:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r98:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r144:_AND s307:UNIT',
    's308:_AND',
    'r80:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's309:NUMBER',
    'r144:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR '
    's310:UNIT',
    'r73:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's311:NUMBER',
    'r97:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r105:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's122:LPAR s312:_list',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s313:NUMBER s314:operan'
    'd',
    's315:DIRECTION',
    's122:LPAR s316:DIRECTION s317:_list',
    'r144:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR '
    's318:UNIT',
    'r126:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's319:DIRECTION s320:NUMBER',
    'r78:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's297:HENCE s321:FROM_SIDE',
    'r74:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's322:NUMBER',
    's323:UNIT',
    'r104:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r144:_AND s324:UNIT',
    's325:_AND',
    's326:NUMBER',
    's327:NUMBER',
    'r103:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's297:HENCE s328:FROM_SIDE',
    's329:NUMBER',
    's330:UNIT',
    'r100:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r144:_AND s331:UNIT',
    's332:_AND',
    'r92:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's333:NUMBER',
    's334:NUMBER',
    'r99:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's335:NUMBER',
    's336:UNIT',
    's297:HENCE s337:FROM_SIDE',
    's338:UNIT',
    'r122:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR '
    's339:FROM_SIDE',
    'r188:$END,RPAR,_AND,_OR',
    'r12:$END,RPAR,_AND,_OR',
    's340:NUMBER',
    's341:NUMBER',
    'r164:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    's342:_AND',
    'r174:NUMBER',
    'r175:NUMBER',
    'r172:NUMBER',
    'r176:NUMBER',
    'r159:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    's122:LPAR s317:_list',
    'r169:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    'r163:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    'r44:$END,RPAR,_AND,_OR s343:WITHIN s344:where s92:WHERE',
    's345:RPAR',
    'r149:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's276:TIMES',
    's285:TIMES',
    's28:BACKTICKED s29:NAME s30:QUOTED s346:label',
    'r35:$END,RPAR,_AND,_OR',
    'r50:$END,RPAR,_AND,_OR',
    's347:clause s50:AMOUNT s51:ANY_OF s52:BETWEEN s53:CONTAINS s54:DAY_SIDE s55:DURING s56:EQUALS s57:EX'
    'ISTS s58:IN s61:KNOWN s62:LACKING s63:LACKS s64:NONE_OF s66:SIDE s67:SIGN s68:WITHIN s83:IS s84:ISNT'
    ' s86:NOT',
    'r45:$END,RPAR,_AND,_OR',
    's1:BACKTICKED s10:NAME s348:field s4:COMPANY_DOT',
    'r133:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r141:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's115:DATE s116:NAME s119:QUOTED s219:NUMBER s349:literal',
    's350:RPAR s351:_COMMA',
    's352:NUMBER',
    'r110:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r124:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's1:BACKTICKED s10:NAME s353:field s4:COMPANY_DOT',
    'r123:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's297:HENCE s354:FROM_SIDE',
    's297:HENCE s355:_AND',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s126:NUMBER s356:operan'
    'd',
    's357:UNIT',
    's297:HENCE s358:FROM_SIDE',
    's359:UNIT',
    'r96:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r144:_AND s360:UNIT',
    's361:_AND',
    's362:NUMBER',
    's363:NUMBER',
    'r95:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's297:HENCE s364:FROM_SIDE',
    's365:NUMBER',
    's366:UNIT',
    's1:BACKTICKED s10:NAME s367:field s4:COMPANY_DOT',
    's368:UNIT',
    'r118:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR '
    's369:FROM_SIDE',
    's297:HENCE s370:_AND',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s126:NUMBER s371:operan'
    'd',
    's372:UNIT',
    's373:UNIT',
    's1:BACKTICKED s10:NAME s374:field s4:COMPANY_DOT',
    's375:UNIT',
    'r63:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's297:HENCE s376:_AND',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s126:NUMBER s377:operan'
    'd',
    's378:UNIT',
    's379:UNIT',
    's380:UNIT',
    'r59:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's1:BACKTICKED s10:NAME s381:field s4:COMPANY_DOT',
    'r121:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's1:BACKTICKED s10:NAME s382:field s4:COMPANY_DOT',
    's383:_AND',
    'r161:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    's384:NUMBER',
    's385:NUMBER',
    'r42:$END,RPAR,_AND,_OR s386:WITHIN',
    'r148:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r40:$END,RPAR,_AND,_OR s387:WITHIN s388:where s92:WHERE',
    'r49:$END,RPAR,_AND,_OR',
    'r86:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r189:RPAR,_COMMA',
    'r140:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's115:DATE s116:NAME s119:QUOTED s219:NUMBER s389:literal',
    's390:UNIT',
    'r87:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's1:BACKTICKED s10:NAME s391:field s4:COMPANY_DOT',
    's392:NUMBER',
    'r108:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r120:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's1:BACKTICKED s10:NAME s393:field s4:COMPANY_DOT',
    'r119:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's297:HENCE s394:_AND',
    's114:BACKTICKED s115:DATE s116:NAME s118:OF_COMPANY s119:QUOTED s120:literal s126:NUMBER s395:operan'
    'd',
    's396:UNIT',
    's397:UNIT',
    's1:BACKTICKED s10:NAME s398:field s4:COMPANY_DOT',
    's399:UNIT',
    'r55:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r83:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r117:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's1:BACKTICKED s10:NAME s4:COMPANY_DOT s400:field',
    's401:NUMBER',
    'r111:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r65:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r64:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r89:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r62:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's402:NUMBER',
    'r109:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r61:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r60:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r58:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r82:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r91:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's403:NUMBER',
    'r160:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    's404:UNIT',
    's405:NUMBER',
    's406:NUMBER',
    'r38:$END,RPAR,_AND,_OR s407:WITHIN',
    'r190:RPAR,_COMMA',
    's408:HENCE',
    'r84:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's409:UNIT',
    'r85:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's410:NUMBER',
    'r107:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r57:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r56:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r88:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r54:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r90:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNO'
    'WN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's411:UNIT',
    's412:UNIT',
    'r162:$END,AMOUNT,ANY_OF,BETWEEN,CONTAINS,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KNOWN,LACKING,LACK'
    'S,NONE_OF,NOT,RPAR,SIDE,SIGN,WITHIN,_AND,_OR',
    'r43:$END,RPAR,_AND,_OR',
    's413:UNIT',
    's414:UNIT',
    's415:NUMBER',
    'r115:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's416:HENCE',
    's417:UNIT',
    's418:HENCE',
    's419:HENCE',
    'r41:$END,RPAR,_AND,_OR',
    'r39:$END,RPAR,_AND,_OR',
    's420:UNIT',
    'r113:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    's421:HENCE',
    'r116:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r114:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
    'r37:$END,RPAR,_AND,_OR',
    'r112:$END,AGGREGATE,AMOUNT,ANY_OF,BETWEEN,CONTAINS,COUNT,DAY_SIDE,DURING,EQUALS,EXISTS,IN,IS,ISNT,KN'
    'OWN,LACKING,LACKS,NEVER,NONE_OF,NOT,NUMBER,ONCE,ON_AMOUNT,RPAR,SIDE,SIGN,THEN,WHICH,WITHIN,_AND,_OR',
)
